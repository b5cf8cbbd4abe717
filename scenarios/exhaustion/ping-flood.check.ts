import type { Check, Peer } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail } from '../../harness/verdict.js';
import { BESIDE_BUDGET } from './beside.js';
import { mustNotHurtOthers } from './flooded.js';

const COUNT = 1000;

export default {
  title: 'A thousand pings at once bring no more than a thousand pongs, and do not slow down others',
  requirement:
    'If an endpoint receives a Ping frame and has not yet sent Pong frame(s) in response to previous Ping frame(s), the endpoint MAY elect to send a Pong frame for only the most recently processed Ping frame.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-770',
  refs: ['RFC 6455 §5.5.3', 'RFC 6455 §10.4'],
  judges: 'endpoint',
  why: 'Pings are answered below the application, where its limits do not reach.',
  remedy: 'Answer the last of several pings only, or bound how many pongs may wait to be sent.',
  fixes: { ws: 'ws 8.23 and later: at most 60 pongs wait (maxPendingAutoPongs)' },
  reach: 'intrusive',
  budget: { ...BESIDE_BUDGET, seconds: 60 },
  async run(probe) {
    const payload = Buffer.from('flood');
    const one = frame({ opcode: 'ping', payload, mask: true });
    let most = 0;
    const verdict = await mustNotHurtOthers(probe, {
      name: `${COUNT} pings`,
      octets: Buffer.concat(Array<Uint8Array>(COUNT).fill(one)),
      async worked(peer: Peer) {
        const last = Buffer.from('last');
        peer.send(frame({ opcode: 'ping', payload: last, mask: true }));
        let pongs = 0;
        await peer.until(({ opcode, payload: back }) => {
          if (opcode === 10 && payload.equals(back)) pongs++;
          return opcode === 10 && last.equals(back);
        }, probe.patience.answerMs);
        most = Math.max(most, pongs);
      },
    });
    const measured = { ...verdict.measured, pongs: most };
    if (most > COUNT)
      return fail(`${COUNT} pongs at most`, `${most} pongs came for ${COUNT} pings`, { measured });
    return verdict.outcome === 'skip'
      ? verdict
      : { ...verdict, message: `${verdict.message}; ${most} pongs came`, measured };
  },
} satisfies Check;
