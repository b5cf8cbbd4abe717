/** Compressed messages from ours to ws and from ws to ours, on all sorts of terms. */
import t from 'tap';
import { Deflater, Inflater, type WindowOptions } from './deflate.js';
import { DEFLATE, type DeflateTerms } from './deflate-negotiation.js';
import { frame } from './frames.js';
import {
  type Extensions,
  MAX,
  PerMessageDeflate,
  pieces,
  Sender,
  say,
  throughOurs,
  throughWs,
} from './testing/ws.js';

const TERMS: readonly DeflateTerms[] = [
  { serverTakeover: true, clientTakeover: true, serverBits: 15, clientBits: 15 },
  { serverTakeover: false, clientTakeover: true, serverBits: 15, clientBits: 10 },
  { serverTakeover: true, clientTakeover: false, serverBits: 9, clientBits: 15 },
  { serverTakeover: false, clientTakeover: false, serverBits: 12, clientBits: 9 },
  { serverTakeover: true, clientTakeover: true, serverBits: 8, clientBits: 8 },
];
const COMPRESSED = [
  'Hello',
  'Hello',
  '',
  'x',
  'a message that is about the same as the one before, '.repeat(30),
  'a message that is about the same as the one before, '.repeat(31),
  Array.from({ length: 3000 }, (_, i) => (i * i).toString(36)).join(' '),
  'y'.repeat(100_000),
].map((each) => Buffer.from(each));

function extensionsOf(terms: DeflateTerms, isServer: boolean): Extensions {
  const extension = new PerMessageDeflate({ isServer, threshold: 0, maxPayload: MAX });
  const params: Record<string, unknown[]> = {
    server_max_window_bits: [String(terms.serverBits)],
    client_max_window_bits: [String(terms.clientBits)],
  };
  if (!terms.serverTakeover) params.server_no_context_takeover = [true];
  if (!terms.clientTakeover) params.client_no_context_takeover = [true];
  extension.accept([params]);
  return { [DEFLATE]: extension };
}

const windowOf = (terms: DeflateTerms, sender: 'server' | 'client'): WindowOptions =>
  sender === 'server'
    ? { bits: terms.serverBits, takeover: terms.serverTakeover }
    : { bits: terms.clientBits, takeover: terms.clientTakeover };

for (const terms of TERMS) {
  const named = JSON.stringify(terms);
  for (const sender of ['server', 'client'] as const) {
    const receives = sender === 'server' ? 'client' : 'server';
    const expected = COMPRESSED.map((each) => say('text', each));

    t.test(`permessage-deflate from ours, a ${sender}, to ws: ${named}`, async (t) => {
      const deflater = new Deflater(windowOf(terms, sender));
      const frames = COMPRESSED.flatMap((each) => {
        const payload = deflater.deflate(each);
        const mask = sender === 'client' ? ({ mask: true } as const) : {};
        const half = payload.length >> 1;
        return [
          frame({ opcode: 'text', rsv: 4, fin: false, payload: payload.subarray(0, half), ...mask }),
          frame({ opcode: 'continuation', payload: payload.subarray(half), ...mask }),
        ];
      });
      const extensions = extensionsOf(terms, receives === 'server');
      t.same(
        await throughWs(pieces(Buffer.concat(frames), [1000]), receives === 'server', extensions),
        expected,
      );
      extensions[DEFLATE]!.cleanup();
    });

    t.test(`permessage-deflate from ws, a ${sender}, to ours: ${named}`, async (t) => {
      const written: Buffer[] = [];
      const socket = {
        cork() {},
        uncork() {},
        write(bytes: Buffer, done?: () => void) {
          written.push(Buffer.from(bytes));
          done?.();
        },
      };
      const extensions = extensionsOf(terms, sender === 'server');
      const out = new Sender(socket, extensions);
      const options = { fin: true, binary: false, compress: true, mask: sender === 'client' };
      for (const each of COMPRESSED)
        await new Promise<void>((done) => out.send(Buffer.from(each), { ...options }, done));
      const inflater = new Inflater(windowOf(terms, sender));
      t.same(throughOurs(pieces(Buffer.concat(written), [1000]), receives, inflater), expected);
      t.ok(
        written.some((bytes) => bytes[0] === 0xc1),
        'and they were compressed',
      );
      extensions[DEFLATE]!.cleanup();
    });
  }
}
