import type { Check } from '../../harness/model.js';
import { mustNotGrow } from '../judging/growing.js';
import { growthConnections } from '../judging/growth.js';

/** Characters; larger values meet the limits that servers have for request heads. */
const SIZES = [1750, 3500, 7000, 14_000];

const offering = (value: string) => ({ subprotocols: [], change: { 'Sec-WebSocket-Protocol': value } });

export default {
  title: 'The time to read Sec-WebSocket-Protocol does not grow out of proportion',
  requirement: 'A server reads a header field in a time that is in proportion to its length.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-1333',
  refs: ['RFC 6455 §11.3.4', 'CVE-2021-32640'],
  judges: 'endpoint',
  why: 'Where a list is taken apart with a regular expression that tries every space as the beginning of a comma, a value of many spaces takes the square of its length. A few such handshakes a second stop a server that has one thread.',
  remedy: 'Read the list character by character, or split at commas and trim.',
  fixes: { ws: 'ws 7.4.6, 6.2.2 or 5.2.3 and later' },
  reach: 'crash',
  budget: { connections: growthConnections({ sizes: SIZES }), octets: 1024 * 1024, seconds: 90 },
  run: (probe) =>
    mustNotGrow(probe, 'a Sec-WebSocket-Protocol with a run of spaces', {
      sizes: SIZES,
      hostile: (size) => offering(`b${' '.repeat(size - 2)}x`),
      harmless: (size) => offering(`b${'a'.repeat(size - 2)}x`),
    }),
} satisfies Check;
