import { randomBytes } from 'node:crypto';
import type { Check, Probe } from '../../harness/model.js';
import { frame, show } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';

const SIZES = [0, 1, 2, 7, 8, 63, 124, 125];

export default {
  title: 'Pongs carry the octets of the ping, and no others',
  requirement:
    'A Pong frame sent in response to a Ping frame must have identical "Application data" as found in the message body of the Ping frame being replied to.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-908',
  refs: ['RFC 6455 §5.5.3', 'CVE-2016-10518'],
  judges: 'endpoint',
  why: 'Octets that were not sent are of the server’s memory: of another message, another user, or a key.',
  remedy: 'Answer with the payload of the ping as it was unmasked; update the library.',
  async run(probe) {
    if (!(await probe.acquaintance()).pongs) return skip('pings are not answered here');
    const first = await wrongAt(probe);
    if (typeof first === 'string') return skip(first);
    if (!first) return pass(`the same octets for ${SIZES.join(', ')}`, { measured: { tried: SIZES.length } });
    // A pong may come unasked (RFC 6455 §5.5.3): what is wrong is wrong again.
    const again = await wrongAt(probe);
    if (typeof again === 'string' || !again || again.size !== first.size)
      return skip(`other octets came for ${first.size}, but not a second time`);
    return fail(
      'the octets of the ping',
      `a ping of ${first.size} octets was answered with ${told(again.came)}`,
      {
        measured: { size: first.size },
      },
    );
  },
} satisfies Check;

interface Wrong {
  size: number;
  came: Uint8Array;
}

/** The first size whose pong is another; a sentence where one is not answered at all. */
async function wrongAt(probe: Probe): Promise<Wrong | undefined | string> {
  await using peer = await probe.meet();
  for (const size of SIZES) {
    const payload = randomBytes(size);
    peer.send(frame({ opcode: 'ping', payload, mask: true }));
    const others: Uint8Array[] = [];
    const pong = await peer.until((received) => {
      if (received.opcode !== 10) return false;
      if (payload.equals(received.payload)) return true;
      others.push(received.payload);
      return false;
    }, probe.patience.answerMs);
    if (pong) continue;
    const [came] = others;
    return came ? { size, came } : `a ping of ${size} octets was not answered`;
  }
  return undefined;
}

const told = (came: Uint8Array): string => `${came.length}: "${show(came, 80)}"`;
