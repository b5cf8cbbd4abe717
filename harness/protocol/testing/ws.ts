/** The same octets through ws' Receiver and through ours: what each makes of them. */
import type { Writable } from 'node:stream';
import * as ws from 'ws';
import { FrameDecoder } from '../decoder.js';
import type { Inflater } from '../deflate.js';
import { ProtocolFault } from '../fault.js';
import { Messages } from '../messages.js';

export interface Extension {
  accept(params: Record<string, unknown>[]): void;
  cleanup(): void;
}
export type Extensions = Record<string, Extension>;

/** What ws exports and its types leave out. */
export const { Receiver, Sender, PerMessageDeflate } = ws as unknown as {
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

/** Octets of a message. */
export const MAX = 200_000;

/** Cuts the octets into pieces of the given sizes, over and over. */
export function* pieces(stream: Buffer, sizes: readonly number[]): Generator<Buffer> {
  for (let at = 0, i = 0; at < stream.length; i++) {
    const size = sizes.length > 0 ? sizes[i % sizes.length]! : stream.length;
    yield Buffer.from(stream.subarray(at, at + size));
    at += size;
  }
}

/** `text 6869` */
export const say = (kind: string, data: Uint8Array) => `${kind} ${Buffer.from(data).toString('hex')}`;

/** What ours makes of the octets: every message, and the code of the fault if there is one. */
export function throughOurs(
  chunks: Iterable<Buffer>,
  role: 'server' | 'client',
  deflate?: Inflater,
): string[] {
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
export async function throughWs(
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
