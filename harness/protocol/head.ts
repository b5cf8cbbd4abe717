import { ProtocolFault } from './fault.js';
import { CONTROL, type Field, readFields, trim } from './fields.js';
import { isToken } from './token.js';

export interface RequestHead {
  method: string;
  target: string;
  /** `1.1` */
  version: string;
  /** In order, with duplicates; a folded value is joined by one space. */
  fields: readonly Field[];
  /** The head byte for byte, as latin1. */
  raw: string;
  /** What is out of order in it, as short phrases: `obs-fold`, `bare LF`, `space before colon` … */
  oddities: readonly string[];
}

export interface ResponseHead {
  version: string;
  status: number;
  reason: string;
  fields: readonly Field[];
  raw: string;
  oddities: readonly string[];
}

/** The octets of a request head, its fields as given, whatever is in them (latin1). */
export function requestHead(request: {
  method?: string;
  target: string;
  version?: string;
  fields: readonly Field[];
}): Uint8Array {
  const { method = 'GET', target, version = '1.1', fields } = request;
  return encode(`${method} ${target} HTTP/${version}`, fields);
}

/** The octets of a response head. */
export function responseHead(response: {
  version?: string;
  status: number;
  reason?: string;
  fields: readonly Field[];
}): Uint8Array {
  const { version = '1.1', status, reason = '', fields } = response;
  return encode(`HTTP/${version} ${status} ${reason}`, fields);
}

function encode(startLine: string, fields: readonly Field[]): Uint8Array {
  let text = `${startLine}\r\n`;
  for (const [name, value] of fields) text += `${name}: ${value}\r\n`;
  return Buffer.from(`${text}\r\n`, 'latin1');
}

const LF = 10;
const CR = 13;

/**
 * Cuts a head off, its blank line included; undefined while it is not whole. A bare LF ends a line too (RFC 9112
 * §2.2), and empty lines before the start line belong to the head.
 * @throws ProtocolFault (1009) when no head ends within `bound` octets
 */
export function splitHead(
  bytes: Uint8Array,
  bound = 65536,
): { head: Uint8Array; rest: Uint8Array } | undefined {
  let at = 0;
  while (bytes[at] === LF || bytes[at] === CR) at++;
  for (at = bytes.indexOf(LF, at); at >= 0 && at < bound; at = bytes.indexOf(LF, at + 1)) {
    const end = bytes[at + 1] === LF ? at + 2 : bytes[at + 1] === CR && bytes[at + 2] === LF ? at + 3 : 0;
    if (end > 0 && end <= bound) return { head: bytes.subarray(0, end), rest: bytes.subarray(end) };
  }
  if (bytes.length < bound) return undefined;
  throw new ProtocolFault(1009, `No head ends within ${bound} octets.`);
}

/**
 * @throws ProtocolFault (1002) when the first line is not a request line (RFC 9112 §3). What is wrong in the fields
 *   is an oddity and no error.
 */
export function parseRequest(head: Uint8Array): RequestHead {
  const { start, ...rest } = parse(head);
  const first = start.indexOf(' ');
  const last = start.lastIndexOf(' ');
  const method = start.slice(0, Math.max(first, 0));
  const between = start.slice(first + 1, Math.max(last, 0));
  const target = trim(between);
  const version = /^HTTP\/(\d\.\d)$/.exec(start.slice(last + 1))?.[1];
  if (!isToken(method) || target === '' || version === undefined) {
    throw new ProtocolFault(1002, 'The first line is not that of an HTTP request.');
  }
  if (target !== between) rest.oddities.push('extra space in the start line');
  if (target.includes(' ')) rest.oddities.push('space in the target');
  return { method, target, version, ...rest };
}

/** @throws ProtocolFault (1002) when the first line is not a status line (RFC 9112 §4) */
export function parseResponse(head: Uint8Array): ResponseHead {
  const { start, ...rest } = parse(head);
  const parts = /^HTTP\/(\d\.\d) (\d{3})(?: (.*))?$/s.exec(start);
  if (!parts) throw new ProtocolFault(1002, 'The first line is not that of an HTTP response.');
  const [, version = '', status = '', reason = ''] = parts;
  return { version, status: Number(status), reason, ...rest };
}

function parse(head: Uint8Array): { start: string; fields: Field[]; raw: string; oddities: string[] } {
  const raw = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1');
  const oddities = new Set<string>();
  const lines = raw.split('\n').map((line, index, all) => {
    if (line.endsWith('\r')) return line.slice(0, -1);
    if (index < all.length - 1) oddities.add('bare LF');
    return line;
  });
  while (lines[0] === '' && lines.length > 1) {
    oddities.add('empty line before the start line');
    lines.shift();
  }
  const [start = '', ...rest] = lines;
  if (CONTROL.test(start)) oddities.add('control character in the start line');
  return { start, fields: readFields(rest, oddities), raw, oddities: [...oddities] };
}
