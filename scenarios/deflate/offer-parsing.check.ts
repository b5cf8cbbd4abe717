import type { Check } from '../../harness/model.js';
import { mustNotGrow } from '../judging/growing.js';
import { growthConnections } from '../judging/growth.js';

/** Pairs of characters. The first double the time of a reader that goes back for each; the last are what heads may hold. */
const SIZES = [8, 12, 16, 18, 20, 22, 24, 26, 28, 30, 60, 120, 240, 480, 960, 1900, 3500, 7000];

const offering = (value: string) => ({ extensions: `a; b="${value}` });

export default {
  title: 'The time to read Sec-WebSocket-Extensions does not grow out of proportion',
  requirement: 'A server reads a header field in a time that is in proportion to its length.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-1333',
  refs: ['RFC 6455 §9.1', 'CVE-2020-7662', 'CVE-2020-7663'],
  judges: 'endpoint',
  why: 'A quote that is never closed has some regular expressions try every way to divide what follows: each two characters more double the time. One handshake with a hundred characters stops a server that has one thread, for good.',
  remedy: 'Read the header character by character.',
  fixes: { 'websocket-extensions': '0.1.4 and later (faye-websocket, websocket-driver)' },
  reach: 'crash',
  budget: { connections: growthConnections({ sizes: SIZES }), octets: 1024 * 1024, seconds: 90 },
  run: (probe) =>
    mustNotGrow(probe, 'a Sec-WebSocket-Extensions with pairs behind an open quote', {
      sizes: SIZES,
      hostile: (size) => offering('\\c'.repeat(size)),
      harmless: (size) => offering(`${'cc'.repeat(size)}"`),
    }),
} satisfies Check;
