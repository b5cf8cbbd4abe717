import { ProtocolFault } from './fault.js';
import { isToken } from './token.js';

/** One header field, its name in the case it was written in. */
export type Field = readonly [name: string, value: string];

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

const CONTROL = /[^\t -~\x80-\xff]/;

function readFields(lines: readonly string[], oddities: Set<string>): Field[] {
  const fields: [string, string][] = [];
  for (const line of lines) {
    if (line === '') break;
    if (CONTROL.test(line)) oddities.add('control character in a field');
    if (line.startsWith(' ') || line.startsWith('\t')) {
      oddities.add('obs-fold');
      const last = fields.at(-1);
      const more = trim(line);
      if (last && more) last[1] = last[1] === '' ? more : `${last[1]} ${more}`;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 0) {
      oddities.add('line without a colon');
      continue;
    }
    const name = line.slice(0, colon);
    const bare = trim(name);
    if (bare !== name) oddities.add('space before colon');
    if (!isToken(bare)) oddities.add('field name that is not a token');
    fields.push([bare, trim(line.slice(colon + 1))]);
  }
  return fields;
}

/** Without the spaces and tabs at both ends (OWS of RFC 9110 §5.6.3), in linear time. */
function trim(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && (text[from] === ' ' || text[from] === '\t')) from++;
  while (to > from && (text[to - 1] === ' ' || text[to - 1] === '\t')) to--;
  return text.slice(from, to);
}

type WithFields = { readonly fields: readonly Field[] };

/** The values of every field of that name (any case), in order. */
export function valuesOf(head: WithFields, name: string): string[] {
  const wanted = name.toLowerCase();
  return head.fields.filter(([own]) => own.toLowerCase() === wanted).map(([, value]) => value);
}

/** Those values joined by `, ` (RFC 9110 §5.3); undefined when there is no such field. */
export function valueOf(head: WithFields, name: string): string | undefined {
  const values = valuesOf(head, name);
  return values.length > 0 ? values.join(', ') : undefined;
}

/** The members of a comma-separated list (RFC 9110 §5.6.1), trimmed, in the case they came in; empty ones left out. */
export function membersOf(head: WithFields, name: string): string[] {
  return valuesOf(head, name)
    .flatMap((value) => value.split(','))
    .map(trim)
    .filter((member) => member !== '');
}

/** The same in lower case, for lists whose members have none. */
export function tokensOf(head: WithFields, name: string): string[] {
  return membersOf(head, name).map((member) => member.toLowerCase());
}
