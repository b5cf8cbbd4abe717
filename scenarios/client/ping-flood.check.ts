import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { withstands } from './withstands.js';

/** 5 MB of them. */
const PING = frame({ opcode: 'ping', payload: 'p'.repeat(125) });

export default {
  title: "A flood of pings does not fill the client's memory",
  requirement: 'An endpoint that answers pings bounds what it keeps in answers that have not been sent.',
  severity: 'medium',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-770',
  refs: ['RFC 6455 §5.5.2', 'RFC 6455 §10.4'],
  why: 'Each ping makes the client send. A server that does not read the answers makes it keep them all.',
  remedy:
    'Keep one answer at most, to the latest ping (RFC 6455 §5.5.3 allows it), and give up a connection that does not take it.',
  run: (probe) =>
    withstands(probe, {
      what: 'pings whose answers nobody reads',
      octets: () => Buffer.concat(Array.from({ length: 40_000 }, () => PING)),
      may: 'stay',
    }),
} satisfies Check;
