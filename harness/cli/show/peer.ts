import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

/** Established, or closed by one of the two: somebody still holds it. */
const HELD = ['01', '04', '05'];

/**
 * Whether a connection over loopback is this user's own, or root's: everybody on this machine can make one.
 * Undefined where the system does not tell.
 */
export function isOwn({ remotePort = 0, localPort = 0 }: Socket): boolean | undefined {
  // 127.0.0.1, its octets turned round.
  const end = (port: number) =>
    `(?:0000000000000000FFFF0000)?0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const row = new RegExp(
    `^ *\\d+: ${end(remotePort)} ${end(localPort)} (\\w\\w) \\S+ \\S+ \\S+ +(\\d+) +\\d+ +(\\d+) `,
    'm',
  );
  const found = row.exec(table('tcp')) ?? row.exec(table('tcp6'));
  if (!found) return undefined;
  const [, state = '', user, inode] = found;
  return HELD.includes(state) && inode !== '0' && [0, process.getuid?.()].includes(Number(user));
}

function table(name: string): string {
  try {
    return readFileSync(`/proc/self/net/${name}`, 'latin1');
  } catch {
    return '';
  }
}
