import type { Socket } from 'node:net';

/**
 * Carries octets both ways until either side ends; then both are closed with FIN, as most proxies do, whether it
 * ended by FIN or by RST. Silence of both sides for `idleMs` ends it too.
 */
export function tunnel(a: Socket, b: Socket, idleMs?: number): void {
  const finish = () => {
    clearTimeout(idle);
    a.destroySoon();
    b.destroySoon();
  };
  const idle = idleMs === undefined ? undefined : setTimeout(finish, idleMs);
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    if (idle) from.on('data', () => idle.refresh());
    from.once('end', finish).once('close', finish).on('error', finish);
    from.pipe(to, { end: false });
  }
}
