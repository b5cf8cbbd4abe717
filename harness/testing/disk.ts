import { execFileSync } from 'node:child_process';
import type { Test } from 'tap';

/** Mounts a small disk at the folder for as long as the test runs. Says why where it cannot. */
export function mounted(t: Test, folder: string, size: string): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'only root on Linux may mount a small disk';
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (fault) {
    return `a small disk cannot be mounted here: ${(fault as Error).message}`;
  }
  t.teardown(() => execFileSync('umount', ['-l', folder]));
  return undefined;
}
