import { type Field, tokensOf, valuesOf } from '../protocol/index.js';
import type { Body } from './crossing.js';
import type { Stream } from './stream.js';

const LF = 10;
const CR = 13;
const LONGEST_LINE = 4096;

export type Framing = { by: 'length'; length: number } | { by: 'chunked' } | { by: 'close' };

/** How a message says its end (RFC 9112 §6.3); undefined where it says nothing. */
export function framingOf(head: { fields: readonly Field[] }): Framing | undefined {
  if (tokensOf(head, 'Transfer-Encoding').includes('chunked')) return { by: 'chunked' };
  const length = valuesOf(head, 'Content-Length')[0];
  return length && /^\d{1,15}$/.test(length) ? { by: 'length', length: Number(length) } : undefined;
}

/** The content at `start`, and where what follows it begins, if it came to its end. */
export function readBody(stream: Stream, start: number, framing: Framing): { body: Body; end?: number } {
  if (framing.by === 'chunked') return readChunked(stream, start);
  const end = framing.by === 'length' ? start + framing.length : stream.length;
  const length = Math.max(0, Math.min(end, stream.length) - start);
  const parts = length > 0 ? [{ content: 0, offset: start, length }] : [];
  // What the end of the connection ends, an RST cuts off (RFC 9112 §8).
  const whole = framing.by === 'close' ? stream.ended === 'fin' : start + length === end;
  const body = { ...stream.span(start, start + length), framing: framing.by, length, whole, parts };
  return whole ? { body, end } : { body };
}

/** RFC 9112 §7.1. Content that was not kept is passed over by its declared length. */
function readChunked(stream: Stream, start: number): { body: Body; end?: number } {
  const parts: { content: number; offset: number; length: number }[] = [];
  let at = start;
  let length = 0;
  const done = (end?: number): { body: Body; end?: number } => {
    const stop = end ?? at;
    const whole = end !== undefined;
    const body: Body = { ...stream.span(start, stop), framing: 'chunked', length, whole, parts };
    return whole ? { body, end } : { body };
  };
  for (;;) {
    const line = lineAt(stream, at);
    const size = line && /^[0-9a-f]{1,12}(?=[\s;]|$)/i.exec(line.text)?.[0];
    if (!line || !size) return done();
    at = line.end;
    const chunk = Number.parseInt(size, 16);
    if (chunk === 0) return done(endOfTrailers(stream, at));
    const here = Math.min(chunk, stream.length - at);
    if (here > 0) parts.push({ content: length, offset: at, length: here });
    length += Math.max(here, 0);
    at += Math.max(here, 0);
    if (here < chunk) return done();
    const after = stream.from(at);
    at += after[0] === CR && after[1] === LF ? 2 : after[0] === LF ? 1 : 0;
  }
}

function endOfTrailers(stream: Stream, start: number): number | undefined {
  for (let at = start, lines = 0; lines < 100; lines++) {
    const line = lineAt(stream, at);
    if (!line) return undefined;
    at = line.end;
    if (line.text === '') return at;
  }
  return undefined;
}

function lineAt(stream: Stream, at: number): { text: string; end: number } | undefined {
  const bytes = stream.from(at).subarray(0, LONGEST_LINE);
  const end = bytes.indexOf(LF);
  if (end < 0) return undefined;
  const text = Buffer.from(bytes.subarray(0, end)).toString('latin1');
  return { text: text.endsWith('\r') ? text.slice(0, -1) : text, end: at + end + 1 };
}
