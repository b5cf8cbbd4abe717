import type { Socket } from 'node:net';
import { reset } from '../../harness/reset.js';
import type { Sin, Wire } from './sin.js';

/** An open tunnel, with what the sin does to it. Whichever side ends first, both are closed with FIN. */
export function join(
  client: Socket,
  origin: Socket,
  { sin, early, ahead }: { sin: Sin; early: Buffer; ahead: Buffer },
): void {
  const wire: Wire = {
    toClient: (octets) => void (client.writable && client.write(octets)),
    toOrigin: (octets) => void (origin.writable && origin.write(octets)),
    drop() {
      client.destroySoon();
      origin.destroySoon();
    },
  };
  const { up = wire.toOrigin, down = wire.toClient } = sin.tunnel?.(wire) ?? {};
  const over = sin.keepsEnds ? () => {} : wire.drop;
  client.on('data', up).once('end', over).once('close', over).on('error', over);
  const origins = sin.resetsClient ? () => reset(client) : over;
  origin.on('data', down).once('end', origins).once('close', over).on('error', over);
  if (early.length > 0) up(early);
  if (ahead.length > 0) down(ahead);
  client.resume();
  origin.resume();
}
