import { execFile } from 'node:child_process';
import { searchPath } from './binary.js';

const PATIENCE_MS = 5000;
const asked = new Map<string, Promise<string>>();

/** What a program prints of its version, stdout and stderr; empty when it cannot be asked. Asked once. */
export function versionText(binary: string, args: readonly string[]): Promise<string> {
  const key = [binary, ...args].join('\0');
  const known = asked.get(key);
  if (known) return known;
  const answer = new Promise<string>((resolve) => {
    const options = { timeout: PATIENCE_MS, env: { PATH: searchPath(), LC_ALL: 'C' }, maxBuffer: 256 * 1024 };
    execFile(binary, args, options, (_error, stdout, stderr) => resolve(stdout + stderr)).stdin?.end();
  });
  asked.set(key, answer);
  return answer;
}
