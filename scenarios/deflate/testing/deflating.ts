import type { Origin } from '../../../harness/model.js';
import {
  acceptDeflate,
  acceptValue,
  Deflater,
  type DeflateTerms,
  FrameDecoder,
  formatExtensions,
  frame,
  Inflater,
  ProtocolFault,
  parseExtensions,
} from '../../../harness/protocol/index.js';
import { httpOrigin } from '../../../harness/testing/subjects.js';

const MOST = 1024 * 1024;
const RSV1 = 4;
const PLAIN: DeflateTerms = { serverTakeover: true, clientTakeover: true, serverBits: 15, clientBits: 15 };

export interface Agreement {
  /** The value of Sec-WebSocket-Extensions; none where it is absent. */
  answer?: string;
  terms: DeflateTerms;
  /** How it compresses, where that is not what was agreed on. */
  does?: Partial<DeflateTerms>;
}

/** An echo server that compresses, and agrees to offers in a way of its own. */
export const deflating = (title: string, agree: (offer: string) => Agreement): Origin =>
  httpOrigin({ title }, (server) => {
    server.on('upgrade', ({ headers }, socket) => {
      const offer = String(headers['sec-websocket-extensions'] ?? '');
      const { answer, terms, does }: Agreement = offer ? agree(offer) : { terms: PLAIN };
      const lines = [
        'HTTP/1.1 101 Switching Protocols',
        'Upgrade: websocket',
        'Connection: Upgrade',
        `Sec-WebSocket-Accept: ${acceptValue(String(headers['sec-websocket-key']))}`,
        ...(answer ? [`Sec-WebSocket-Extensions: ${answer}`] : []),
      ];
      socket.on('error', () => {}).write(`${lines.join('\r\n')}\r\n\r\n`);
      const used = { ...terms, ...does };
      const inflater = new Inflater({ bits: used.clientBits, takeover: used.clientTakeover });
      const deflater = new Deflater({ bits: used.serverBits, takeover: used.serverTakeover });
      const decoder = new FrameDecoder({ maxPayload: MOST });
      socket.on('data', (chunk: Buffer) => {
        try {
          for (const { opcode, rsv, payload } of decoder.push(chunk)) {
            if (opcode === 9) socket.write(frame({ opcode: 'pong', payload }));
            if (opcode === 8) socket.end(frame({ opcode: 'close', payload }));
            if (opcode > 2) continue;
            const message = rsv === RSV1 ? inflater.inflate(payload, MOST) : payload;
            socket.write(
              answer
                ? frame({ opcode, rsv: RSV1, payload: deflater.deflate(message) })
                : frame({ opcode, payload: message }),
            );
          }
        } catch (fault) {
          if (!(fault instanceof ProtocolFault)) throw fault;
          socket.destroy();
        }
      });
    });
  });

/** As RFC 7692 has it. */
export const properly = (offer: string): Agreement => {
  const agreed = acceptDeflate(parseExtensions(offer));
  return agreed ? { answer: formatExtensions([agreed.answer]), terms: agreed.terms } : { terms: PLAIN };
};

export const always = (answer: string) => (): Agreement => ({ answer, terms: PLAIN });
