import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { ENOUGH, enough } from '../judging/enough.js';

/** Octets of one field's value: within, about and beyond what servers take by themselves. */
const SIZES = [8 * 1024, 17 * 1024, 70 * 1024];

export default {
  title: 'Request heads are bounded in size',
  requirement:
    'A server that receives a request header field line, field value, or set of fields larger than it wishes to process MUST respond with an appropriate 4xx (Client Error) status code.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-770',
  refs: ['RFC 9110 §5.4', 'RFC 6585 §5'],
  judges: 'endpoint',
  why: 'A request head is kept until it is complete, before anybody has said who they are. Where it may be of any size, many of them at once take the memory.',
  remedy: 'Take 16 KiB at most, and answer 431 beyond.',
  fixes: {
    ws: 'createServer({ maxHeaderSize: 16_384 }) // its default',
    nginx: 'large_client_header_buffers 4 8k; # its default',
    haproxy: 'tune.bufsize 16384   # its default',
  },
  reach: 'intrusive',
  async run(probe) {
    await using _ = await probe.meet();
    let taken = 0;
    for (const size of SIZES) {
      const made = await probe.dial({ headers: [['X-Filler', 'a'.repeat(size)]] });
      if (made.conforms) {
        taken = size;
        continue;
      }
      if (enough(made)) return skip(ENOUGH);
      const measured = {
        takenOctets: taken,
        refusedOctets: size,
        ...(made.answer && { status: made.answer.status }),
      };
      const told = `heads with a field of ${taken} octets are taken, of ${size} not`;
      const { status = 0 } = made.answer ?? {};
      if (status >= 400 && status < 500) return pass(`${told} (${status})`, { measured });
      const how = status > 0 ? `answered with ${status}` : made.handshake;
      // Some end the connection while the head is still coming, and the answer is lost with it.
      if (made.handshake === 'reset') return pass(`${told} (the connection ends)`, { measured });
      return warn(`${told}, and it is ${how}`, { measured, expected: 'an answer 431 or 400', actual: how });
    }
    const told = `a head with a field of ${taken} octets was taken`;
    return fail('an answer 431 or 400', told, { measured: { takenOctets: taken } });
  },
} satisfies Check;
