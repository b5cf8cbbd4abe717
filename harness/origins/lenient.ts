import type { Sins } from './server.js';

/** A request head as a parser with these sins takes it: mended, where a sound one would refuse it. */
export function asTaken(head: Uint8Array, sins: Sins): Uint8Array {
  if (!LENIENT.some((sin) => sins.has(sin))) return head;
  let text = Buffer.from(head).toString('latin1');
  if (sins.has('bare-cr')) text = text.replaceAll(/\r(?!\n)/g, '\r\n');
  if (sins.has('space-before-colon')) text = text.replaceAll(/^([^\s:]+)[ \t]+:/gm, '$1:');
  if (sins.has('any-http-version')) text = text.replace(/^(\S+ \S+) \S*/, '$1 HTTP/1.1');
  return Buffer.from(text, 'latin1');
}

const LENIENT = ['bare-cr', 'space-before-colon', 'any-http-version'];
