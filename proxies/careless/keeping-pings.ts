import { connect, createServer, type Socket } from 'node:net';
import type { Intermediary } from '../../harness/model.js';
import { FrameDecoder, frame, splitHead } from '../../harness/protocol/index.js';
import { Listener } from '../common/listener.js';

export interface KeepingPingsOptions {
  /** Answer pings in the far side's stead, answer them and pass them on as well, or drop them. */
  pings: 'answers' | 'answers-too' | 'swallows';
  /** Cut with FIN after so many ms in which nothing was passed on. */
  idleMs?: number;
}

/** A relay that reads frames and keeps pings from whom they are for. For tests of checks. */
export function keepingPings(options: KeepingPingsOptions): Intermediary {
  return {
    name: 'keeping-pings',
    title: `a relay that ${options.pings === 'swallows' ? 'swallows' : 'answers'} pings`,
    role: 'reverse',
    standIn: true,
    async embed({ listen, upstream }) {
      const server = createServer({ noDelay: true });
      const listener = await Listener.open(server, listen);
      server.on('connection', (client: Socket) => {
        const origin = listener.keep(connect({ ...upstream, noDelay: true }));
        const finish = () => {
          clearTimeout(idle);
          client.destroySoon();
          origin.destroySoon();
        };
        const idle = options.idleMs === undefined ? undefined : setTimeout(finish, options.idleMs);
        for (const [from, to] of [
          [client, origin],
          [origin, client],
        ] as const) {
          const pass = (octets: Uint8Array) => {
            idle?.refresh();
            to.write(octets);
          };
          from.on('data', reader(from, from === origin, options, pass));
          from.once('close', finish);
        }
      });
      return listener;
    },
  };
}

/** Passes a head on as it came, and then the frames, but for pings. */
function reader(
  from: Socket,
  masks: boolean,
  { pings }: KeepingPingsOptions,
  pass: (octets: Uint8Array) => void,
): (chunk: Buffer) => void {
  let head: Buffer | undefined = Buffer.alloc(0);
  const decoder = new FrameDecoder({ maxPayload: 1_048_576 });
  const takeFrames = (octets: Uint8Array) => {
    for (const received of decoder.push(octets)) {
      const { fin, rsv, opcode, mask, payload } = received;
      const ping = opcode === 9;
      if (ping && pings !== 'swallows')
        from.write(frame({ opcode: 'pong', payload, ...(masks && { mask: true }) }));
      if (!ping || pings === 'answers-too') pass(frame({ fin, rsv, opcode, payload, ...(mask && { mask }) }));
    }
  };
  return (chunk) => {
    if (!head) return takeFrames(chunk);
    head = Buffer.concat([head, chunk]);
    const split = splitHead(head);
    if (!split) return;
    pass(split.head);
    head = undefined;
    if (split.rest.length > 0) takeFrames(split.rest);
  };
}
