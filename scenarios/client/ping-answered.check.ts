import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { blame } from './shown.js';

const PINGS = [
  ['a ping of 16 octets', Buffer.from('gauntlet gauntlet'.slice(0, 16))],
  ['an empty ping', Buffer.alloc(0)],
  ['a ping of 125 octets', Buffer.alloc(125, 0xa5)],
] as const;

export default {
  title: 'The client answers pings with what they carry',
  requirement:
    'Upon receipt of a Ping frame, an endpoint MUST send a Pong frame in response, unless it already received a Close frame. A Pong frame sent in response to a Ping frame must have identical "Application data" as found in the message body of the Ping frame being replied to.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  refs: ['RFC 6455 §5.5.2', 'RFC 6455 §5.5.3'],
  why: 'Servers and proxies take a client that does not answer for dead, and cut it off.',
  remedy: 'Answer each ping at once, whatever else is going on.',
  async run(probe) {
    const { answerMs } = probe.patience;
    const missing: string[] = [];
    await using caught = await probe.lure({
      async serve(visit) {
        visit.accept();
        for (const [what, payload] of PINGS) {
          visit.send(frame({ opcode: 'ping', payload }));
          const pong = await visit.until(
            (one) => one.opcode === 10 && Buffer.from(payload).equals(one.payload),
            answerMs,
          );
          if (!pong) missing.push(what);
          if (!pong) return;
        }
      },
    });
    if (!caught.visit) return skip('the client did not come');
    const { quitMs } = await probe.habits();
    if (missing.length === 0) return pass(`answered ${PINGS.length} pings`);
    if (quitMs !== undefined) return skip(`the client leaves by itself after ${Math.round(quitMs)} ms`);
    return fail('a pong with the same octets', `no such pong to ${missing[0]}`, { blame });
  },
} satisfies Check;
