import type { Check } from '../../harness/model.js';
import { Deflater, frame } from '../../harness/protocol/index.js';
import { skip } from '../../harness/verdict.js';
import { deflated } from '../framing/rsv.js';
import { survivalConnections, survived } from '../judging/survival.js';
import { mustEnd } from '../judging/violation.js';
import { CORRUPT } from './bombs.js';

const RSV1 = 4;
const message = (payload: Uint8Array) => frame({ opcode: 'text', rsv: RSV1, payload, mask: true });

export default {
  title: 'A message that is no DEFLATE ends its connection, and nothing else',
  requirement:
    'An endpoint that cannot decompress a message fails the WebSocket connection, and nothing else.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-248',
  refs: ['RFC 7692 §7.2.2', 'RFC 6455 §7.1.7'],
  judges: 'endpoint',
  why: 'An error of the compression library that nobody handles ends the process; one that is swallowed leaves the connection hanging, or hands half a message on.',
  remedy: 'Fail the connection with 1007 or 1002 over data that cannot be inflated.',
  reach: 'crash',
  budget: { connections: survivalConnections(4) + 4, seconds: 40 },
  async run(probe) {
    const meeting = await deflated(probe);
    if (typeof meeting === 'string') return skip(meeting);
    return survived(probe, () =>
      mustEnd(probe, {
        name: 'a compressed message that is no DEFLATE',
        send: [message(CORRUPT)],
        legal: [message(new Deflater({ takeover: false }).deflate(Buffer.from('sound')))],
        codes: [1007, 1002],
        meeting,
      }),
    );
  },
} satisfies Check;
