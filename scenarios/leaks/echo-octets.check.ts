import { randomBytes } from 'node:crypto';
import type { Check, Peer } from '../../harness/model.js';
import { frame, show } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { nextMessage } from './message.js';
import { difference } from './octets.js';

const SIZES = [16, 125, 126, 127, 1023, 4096, 65_535, 65_536];

export default {
  title: 'An echo carries the octets of the message, and no others',
  requirement: 'What is sent back is what was received.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-908',
  refs: ['RFC 6455 §5.6'],
  judges: 'endpoint',
  why: 'Octets that were not sent are of the server’s memory: of another message, another user, or a key. They show at the edges of buffers and of the ways to write a length.',
  remedy: 'Use no buffer beyond what was read into it; update the library.',
  budget: { octets: 200 * 1024 },
  async run(probe) {
    if ((await probe.acquaintance()).sign !== 'echo') return skip('it takes an endpoint that echoes');
    const peer = await probe.meet();
    const good: number[] = [];
    for (const size of SIZES) {
      const sent = Buffer.from(
        randomBytes(Math.ceil(size / 2))
          .toString('hex')
          .slice(0, size),
      );
      peer.send(frame({ opcode: 'text', payload: sent, mask: true }));
      const came = await answerTo(sent, peer, probe.patience.answerMs);
      // A limit of size ends it.
      if (!came) break;
      const how = difference(sent, came);
      if (how === 'none') good.push(size);
      else if (how === 'shorter')
        return warn(`of ${size} octets, ${came.length} came back`, { expected: 'all', severity: 'low' });
      else {
        const at = came.findIndex((octet, index) => octet !== sent[index]);
        const seen = `of ${size} octets ${came.length} came back, from octet ${at} on "${show(came.subarray(at), 80)}"`;
        return fail('the octets that were sent', seen, { measured: { size } });
      }
    }
    const last = good.at(-1);
    if (last === undefined) return skip('no message came back');
    return pass(`the same octets for ${good.join(', ')}`, { measured: { tried: good.length } });
  },
} satisfies Check;

/** The message that begins as ours; others may be for somebody else’s. */
async function answerTo(sent: Uint8Array, peer: Peer, withinMs: number): Promise<Uint8Array | undefined> {
  for (let passed = 0; passed < 16; passed++) {
    const came = await nextMessage(peer, withinMs);
    if (!came || difference(sent, came) !== 'foreign') return came;
  }
  return undefined;
}
