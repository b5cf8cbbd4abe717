import type { Evidence } from '../../harness/model.js';
import { cut, line } from './text.js';

const MOST_OCTETS = 48;
const MOST_TEXT = 300;

/** An entry on one line: when, who, what, and the first octets in hex. */
export function evidenceLine({ at, by, kind, text, bytes }: Evidence): string {
  const head = `${at.toFixed(1)} ms ${line(by)} ${kind} ${cut(line(text), MOST_TEXT)}`;
  return bytes === undefined ? head : `${head} [${hex(bytes)}]`;
}

/** The first octets of what stands in base64: `48 65 6c 6c 6f`, with how many there are besides. */
export function hex(base64: string): string {
  const octets = Buffer.from(base64.slice(0, 4 * Math.ceil((MOST_OCTETS + 1) / 3)), 'base64');
  const all = Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
  const digits = [...octets.subarray(0, MOST_OCTETS)]
    .map((octet) => octet.toString(16).padStart(2, '0'))
    .join(' ');
  return all > MOST_OCTETS ? `${digits} … ${all - MOST_OCTETS} more` : digits;
}
