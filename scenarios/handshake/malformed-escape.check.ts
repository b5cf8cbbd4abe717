import type { Check, DialOptions } from '../../harness/model.js';
import { mustAnswer, type Oddity } from './answered.js';
import { requestLine } from './lines.js';

/** A handshake with something behind the path of its target, before the query. */
const behindPath = (what: string): DialOptions =>
  requestLine('', (line) =>
    line.replace(/^(\S+) ([^ ?]*)/, (_all, method: string, path: string) => `${method} ${path}${what}`),
  ).options;

const ending = (what: string): Oddity => ({
  name: `a path that ends with ${what}`,
  options: behindPath(what),
  like: behindPath('gauntlet'),
});

export default {
  title: 'A malformed escape in the target is taken or refused, and hurts nobody',
  requirement:
    'A percent-encoded octet is encoded as a character triplet, consisting of the percent character "%" followed by two hexadecimal digits. What is not one deserves a 400, and no exception.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-248',
  refs: ['RFC 3986 §2.1', 'RFC 9112 §3'],
  judges: 'endpoint',
  budget: { connections: 14 },
  why: 'decodeURIComponent and its like throw at "%zz". In the handler of an upgrade, which no framework guards, that ends the process with everybody’s connections.',
  remedy: 'Decode within a try, and answer 400 to what cannot be decoded.',
  run: (probe) => mustAnswer(probe, ['%', '%zz', '%c0%80'].map(ending)),
} satisfies Check;
