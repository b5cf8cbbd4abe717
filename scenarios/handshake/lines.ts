import type { DialOptions } from '../../harness/model.js';
import type { Named } from '../opening/refused-each.js';

/** A handshake whose request line is written otherwise. */
export const requestLine = (name: string, rewrite: (line: string) => string): Named => ({
  name,
  options: { head: (head) => head.replace(/^[^\r\n]*/, (line) => rewrite(line)) },
  expected: '400',
});

/** A handshake with lines more before its empty one, as they stand: each is to bring its own end. */
export const moreLines = (lines: string): DialOptions => ({
  head: (head) => head.replace(/\r\n\r\n$/, () => `\r\n${lines}\r\n`),
});
