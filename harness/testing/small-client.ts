import { randomBytes } from 'node:crypto';
import { dial } from '../clients/dial.js';
import type { Client, ClientOptions, ClientSession, Peer, Route } from '../model.js';
import { closePayload, frame } from '../protocol/index.js';

/** What a careless client can get wrong: how it masks, what it takes for a handshake or a frame, whether it sends. */
export type ClientSin =
  | 'no-mask'
  | 'zero-mask'
  | 'fixed-mask'
  | 'counting-mask'
  | 'narrow-mask'
  | 'any-101'
  | 'takes-masked'
  | 'ignores-masked'
  | 'sends-three';

/** A small client with the given sins, a sound one without: the subject that a check of clients has to catch. */
export const smallClient = (sins: readonly ClientSin[] = []): Client => ({
  name: sins.length > 0 ? `careless: ${sins.join(', ')}` : 'small',
  open: (route, options = {}) => open(route, options, new Set(sins)),
});

async function open(
  route: Route,
  options: ClientOptions,
  sins: ReadonlySet<ClientSin>,
): Promise<ClientSession> {
  const { path, subprotocols, headers, handshakeMs, signal } = options;
  const made = await dial(
    route,
    {
      ...(path !== undefined && { path }),
      ...(subprotocols && { subprotocols }),
      ...(headers && { headers: Object.entries(headers) }),
      ...(handshakeMs !== undefined && { answerMs: handshakeMs }),
    },
    signal && { signal },
  );
  const opened = made.conforms || (sins.has('any-101') && made.handshake === 'accepted');
  const { peer } = made;
  let count = 0;
  return {
    token: made.token,
    opened,
    ...(!opened && { failure: made.failure ?? `the answer was ${made.answer?.status}` }),
    send(data) {
      if (++count > 3 && sins.has('sends-three')) return;
      const opcode = typeof data === 'string' ? 'text' : 'binary';
      peer?.send(frame({ opcode, payload: data, mask: maskOf(sins) }));
    },
    next: async (withinMs) => (peer ? next(peer, sins, withinMs) : undefined),
    ended: async (withinMs) => peer?.farewell(withinMs),
    [Symbol.asyncDispose]: () => Promise.resolve(made[Symbol.asyncDispose]()),
  };
}

async function next(
  peer: Peer,
  sins: ReadonlySet<ClientSin>,
  withinMs?: number,
): Promise<string | Uint8Array | undefined> {
  const received = await peer.until(({ opcode }) => opcode < 8, withinMs);
  if (!received) return undefined;
  if (received.mask && sins.has('ignores-masked')) return undefined;
  if (received.mask && !sins.has('takes-masked')) {
    peer.send(frame({ opcode: 'close', payload: closePayload(1002), mask: true }));
    peer.end();
    return undefined;
  }
  return received.opcode === 1 ? Buffer.from(received.payload).toString() : received.payload;
}

let keys = 0;

function maskOf(sins: ReadonlySet<ClientSin>): Uint8Array | undefined {
  if (sins.has('no-mask')) return undefined;
  if (sins.has('zero-mask')) return new Uint8Array(4);
  if (sins.has('fixed-mask')) return Buffer.from('mask');
  const key = randomBytes(4);
  if (sins.has('counting-mask')) key.writeUInt32BE(++keys);
  if (sins.has('narrow-mask')) key[0] = 0x20 | (key[0]! & 0x0f);
  return key;
}
