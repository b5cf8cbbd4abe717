import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Test } from 'tap';

const run = promisify(execFile);

/** Malformed packets, wrong checksums, and anything that TCP analysis has something to say about. */
export const STRANGE =
  '_ws.malformed || _ws.expert.severity == error || tcp.analysis.flags || ' +
  'tcp.checksum.status != 1 || ip.checksum.status != 1';
export const CHECKED = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'];

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

/** @param file its octets, or where it is */
export function open(t: Test, file: Uint8Array | string): Ask {
  const dir = mkdtempSync(join(tmpdir(), 'wsgauntlet-capture-'));
  t.teardown(() => rmSync(dir, { recursive: true, force: true }));
  const path = typeof file === 'string' ? file : join(dir, 'capture.pcapng');
  if (typeof file !== 'string') writeFileSync(path, file);
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
