import { randomBytes } from 'node:crypto';
import type { Check } from '../../harness/model.js';
import { frame, show } from '../../harness/protocol/index.js';
import { fail, pass } from '../../harness/verdict.js';

/** None, one, all that fit; each octet value that text might not survive among them. */
const PAYLOADS = [
  Buffer.alloc(0),
  Buffer.of(0),
  Buffer.from([0xff, 0xfe, 0x80, 0x00, 0x0a, 0xc3, 0x28]),
  randomBytes(125),
];

export default {
  title: 'A pong carries its ping’s payload, octet by octet',
  requirement:
    'A Pong frame sent in response to a Ping frame must have identical application data as found in the message body of the Ping frame.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §5.5.2', 'RFC 6455 §5.5.3'],
  judges: 'endpoint',
  why: 'Clients and proxies that watch over connections compare the two, and end those that do not match. What was read as text is spoilt on the way.',
  remedy: 'Send the octets of the ping back as they came.',
  async run(probe) {
    const peer = await probe.meet();
    for (const payload of PAYLOADS) {
      peer.send(frame({ opcode: 'ping', payload, mask: true }));
      const pong = await peer.until(({ opcode }) => opcode === 10, probe.patience.answerMs);
      const expected = `a pong with the ${payload.length} octets of the ping`;
      const blame = probe.suspect();
      if (!pong) {
        const actual = peer.open ? 'no pong came' : 'the connection ended';
        return fail(expected, `${actual} for a ping of ${payload.length} octets`, { blame });
      }
      if (!payload.equals(pong.payload)) {
        const actual = `the pong has ${pong.payload.length} octets: ${show(pong.payload.subarray(0, 40))}`;
        return fail(expected, actual, { blame });
      }
    }
    return pass(`pings of ${PAYLOADS.map(({ length }) => length).join(', ')} octets came back the same`);
  },
} satisfies Check;
