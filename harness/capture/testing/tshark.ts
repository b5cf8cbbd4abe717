import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Test } from 'tap';

const run = promisify(execFile);

/** Options for a test that needs tshark: skipped with the reason without it, but not with WSGAUNTLET_STRICT=1. */
export function needingTshark(): { skip?: string; timeout: number } {
  const timeout = 60_000;
  try {
    execFileSync('tshark', ['--version'], { stdio: 'ignore' });
    return { timeout };
  } catch {
    if (process.env.WSGAUNTLET_STRICT === '1') return { timeout };
    return { skip: 'tshark is not on PATH (Debian: apt-get install tshark)', timeout };
  }
}

/** A row of fields for each packet that the filter takes. */
export type Ask = (
  filter: string,
  fields: readonly string[],
  more?: readonly string[],
) => Promise<string[][]>;

export function open(t: Test, file: Uint8Array): Ask {
  const dir = mkdtempSync(join(tmpdir(), 'wsgauntlet-capture-'));
  t.teardown(() => rmSync(dir, { recursive: true, force: true }));
  const path = join(dir, 'capture.pcapng');
  writeFileSync(path, file);
  return async (filter, fields, more = []) => {
    const columns = fields.flatMap((field) => ['-e', field]);
    // A configuration of its own: what the user of this machine has set changes nothing.
    const args = ['-r', path, '-n', '-Y', filter, '-T', 'fields', '-E', 'separator=|', ...columns, ...more];
    const { stdout } = await run('tshark', args, {
      env: { ...process.env, HOME: dir, XDG_CONFIG_HOME: dir },
    });
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('|'));
  };
}
