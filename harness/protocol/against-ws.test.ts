/** The same octets through ws' Sender and Receiver and through ours, both ways: they must agree. */
import type { Writable } from 'node:stream';
import fc from 'fast-check';
import t from 'tap';
import * as ws from 'ws';
import { holds } from '../testing/holds.js';
import { closePayload } from './close.js';
import { FrameDecoder } from './decoder.js';
import { Deflater, Inflater, type WindowOptions } from './deflate.js';
import { DEFLATE, type DeflateTerms } from './deflate-negotiation.js';
import { ProtocolFault } from './fault.js';
import { frame } from './frames.js';
import { Messages } from './messages.js';

interface Extension {
  accept(params: Record<string, unknown>[]): void;
  cleanup(): void;
}
type Extensions = Record<string, Extension>;

/** What ws exports and its types leave out. */
const { Receiver, Sender, PerMessageDeflate } = ws as unknown as {
  Receiver: new (options: { isServer: boolean; maxPayload: number; extensions: Extensions }) => Writable;
  Sender: {
    new (
      socket: object,
      extensions: Extensions,
    ): { send(data: Uint8Array, options: Record<string, boolean>, done: () => void): void };
    frame(data: Uint8Array, options: Record<string, unknown>): Buffer[];
  };
  PerMessageDeflate: new (options: { isServer: boolean; threshold: number; maxPayload: number }) => Extension;
};

const MAX = 200_000;

/** Cuts the octets into pieces of the given sizes, over and over. */
function* pieces(stream: Buffer, sizes: readonly number[]): Generator<Buffer> {
  for (let at = 0, i = 0; at < stream.length; i++) {
    const size = sizes.length > 0 ? sizes[i % sizes.length]! : stream.length;
    yield Buffer.from(stream.subarray(at, at + size));
    at += size;
  }
}

const say = (kind: string, data: Uint8Array) => `${kind} ${Buffer.from(data).toString('hex')}`;

/** What ours makes of the octets: every message, and the code of the fault if there is one. */
function throughOurs(chunks: Iterable<Buffer>, role: 'server' | 'client', deflate?: Inflater): string[] {
  const seen: string[] = [];
  const decoder = new FrameDecoder({ maxPayload: MAX });
  const messages = new Messages({ role, maxMessage: MAX, ...(deflate && { deflate }) });
  const take = (frames: readonly ReturnType<FrameDecoder['push']>[number][]) => {
    for (const each of frames) {
      const message = messages.accept(each);
      if (message?.kind === 'close')
        seen.push(say(`close ${message.code ?? 1005}`, Buffer.from(message.reason ?? '')));
      else if (message) seen.push(say(message.kind, message.data));
    }
  };
  try {
    for (const chunk of chunks) take(decoder.push(chunk));
  } catch (fault) {
    if (!(fault instanceof ProtocolFault)) throw fault;
    try {
      take(fault.frames);
      seen.push(`fault ${fault.code}`);
    } catch (earlier) {
      if (!(earlier instanceof ProtocolFault)) throw earlier;
      seen.push(`fault ${earlier.code}`);
    }
  }
  return seen;
}

/** The same of ws. */
async function throughWs(
  chunks: Iterable<Buffer>,
  isServer: boolean,
  extensions: Extensions = {},
): Promise<string[]> {
  const seen: string[] = [];
  const receiver = new Receiver({ isServer, maxPayload: MAX, extensions });
  const over = new Promise<void>((resolve) => {
    receiver.on('message', (data: Buffer, binary: boolean) =>
      seen.push(say(binary ? 'binary' : 'text', data)),
    );
    receiver.on('ping', (data: Buffer) => seen.push(say('ping', data)));
    receiver.on('pong', (data: Buffer) => seen.push(say('pong', data)));
    receiver.on('conclude', (code: number, reason: Buffer) => seen.push(say(`close ${code}`, reason)));
    receiver.on('error', (error) => {
      const status = Object.getOwnPropertySymbols(error).find(
        (symbol) => symbol.description === 'status-code',
      );
      seen.push(`fault ${status && Reflect.get(error, status)}`);
      resolve();
    });
    receiver.on('finish', resolve);
  });
  for (const chunk of chunks) if (!receiver.destroyed) receiver.write(chunk);
  receiver.end();
  await over;
  return seen;
}

const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map((value) => Buffer.from(value));
const octets = fc.oneof(
  fc.uint8Array({ maxLength: 140 }),
  fc.nat(70_000).map((size) => Buffer.alloc(size, 'some payload ')),
);
const control = fc.record({
  opcode: fc.constantFrom(9, 10),
  fin: fc.constant(true),
  payload: fc.uint8Array({ maxLength: 125 }),
});

/** One message in one to four frames, with control frames between. */
const message = fc
  .tuple(
    fc.oneof(
      text.map((payload) => ({ opcode: 1, payload })),
      octets.map((payload) => ({ opcode: 2, payload })),
    ),
    fc.array(fc.tuple(fc.nat(200), fc.option(control, { nil: undefined })), { maxLength: 3 }),
  )
  .map(([{ opcode, payload }, cuts]) => {
    const frames: { opcode: number; fin: boolean; payload: Uint8Array }[] = [];
    let from = 0;
    for (const [size, between] of cuts) {
      const to = Math.min(payload.length, from + size);
      frames.push({
        opcode: from === 0 && frames.length === 0 ? opcode : 0,
        fin: false,
        payload: payload.subarray(from, to),
      });
      if (between) frames.push(between);
      from = to;
    }
    frames.push({ opcode: frames.length === 0 ? opcode : 0, fin: true, payload: payload.subarray(from) });
    return frames;
  });
const stream = fc
  .array(
    fc.oneof(
      message,
      control.map((each) => [each]),
    ),
    { maxLength: 5 },
  )
  .map((all) => all.flat());
const sizes = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 5000 })), { maxLength: 4 })
  .map((all) => [...all, 3000]);

t.test("ours decodes ws' frames", async (t) => {
  holds(
    t,
    fc.property(stream, fc.boolean(), sizes, (specs, mask, cuts) => {
      const encoded = specs.map(({ opcode, fin, payload }) =>
        Buffer.concat(Sender.frame(Buffer.from(payload), { opcode, fin, mask, readOnly: true, rsv1: false })),
      );
      const decoder = new FrameDecoder();
      const frames = [...pieces(Buffer.concat(encoded), cuts)].flatMap((chunk) => decoder.push(chunk));
      return (
        decoder.held === 0 &&
        frames.length === specs.length &&
        frames.every((each, i) => {
          const spec = specs[i]!;
          const same = each.opcode === spec.opcode && each.fin === spec.fin && each.rsv === 0;
          const payload = Buffer.from(each.payload).equals(spec.payload);
          return same && payload && each.size === encoded[i]!.length && (each.mask !== undefined) === mask;
        })
      );
    }),
    { numRuns: 200 },
  );
});

t.test('ours encodes what ws does, octet by octet', async (t) => {
  holds(
    t,
    fc.property(stream, fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 })), (specs, key) =>
      specs.every((spec) => {
        const theirs = Sender.frame(Buffer.from(spec.payload), {
          opcode: spec.opcode,
          fin: spec.fin,
          mask: key !== null,
          maskBuffer: Buffer.alloc(4),
          generateMask: (into: Buffer) => into.set(key!),
          readOnly: true,
          rsv1: false,
        });
        return Buffer.concat(theirs).equals(frame(key ? { ...spec, mask: key } : spec));
      }),
    ),
    { numRuns: 200 },
  );
});

t.test('ws and ours make the same of our frames, legal or not', async (t) => {
  // Text is ASCII where it may be a fragment: of a bad one ours says so at once, ws at the end of the message.
  const illegal = fc.oneof(
    fc.record({
      opcode: fc.nat(15),
      fin: fc.boolean(),
      rsv: fc.nat(7),
      payload: fc.uint8Array({ maxLength: 130, max: 0x7f }),
    }),
    fc.record({ opcode: fc.constant(1), payload: fc.uint8Array({ maxLength: 20 }) }),
    fc.record({ opcode: fc.constant(2), declared: fc.constantFrom(MAX + 1, 2 ** 40, 2 ** 53) }),
    fc.record({
      opcode: fc.constant(8),
      payload: fc.oneof(
        fc.uint8Array({ maxLength: 3 }),
        fc
          .tuple(fc.integer({ min: 990, max: 5010 }), fc.uint8Array({ maxLength: 8 }))
          .map(([code, reason]) => Buffer.concat([closePayload(code), reason])),
      ),
    }),
  );
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      stream,
      fc.option(illegal),
      fc.boolean(),
      fc.boolean(),
      sizes,
      async (specs, last, server, honest, cuts) => {
        const mask = Uint8Array.of(1, 2, 3, 4);
        const all = last ? [...specs, last] : specs;
        // A frame can be masked wrongly and too long at once: either may be what is said of it.
        const tooLong = last !== null && 'declared' in last;
        const masked = server === (honest || tooLong);
        const bytes = Buffer.concat(all.map((spec) => frame(masked ? { ...spec, mask } : spec)));
        const ours = throughOurs(pieces(bytes, cuts), server ? 'server' : 'client');
        const theirs = await throughWs(pieces(bytes, cuts), server);
        const end = ours.at(-1) ?? 'nothing';
        outcomes.add(end.startsWith('fault') ? end : end.split(' ')[0]!);
        return JSON.stringify(ours) === JSON.stringify(theirs);
      },
    ),
    { numRuns: 600 },
  );
  for (const outcome of ['fault 1002', 'fault 1007', 'fault 1009', 'text', 'binary', 'close']) {
    t.ok(outcomes.has(outcome), `the cases had "${outcome}" among them`);
  }
});

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
