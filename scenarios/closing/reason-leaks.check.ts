import type { Check } from '../../harness/model.js';
import { frame, show } from '../../harness/protocol/index.js';
import { fail, info, pass, skip } from '../../harness/verdict.js';
import { leaksIn, leaksTold } from '../judging/leaks.js';

const text = (payload: string | Uint8Array) => frame({ opcode: 'text', payload, mask: true });

/** What provokes errors at different depths: in the frames, in the text, in what an application makes of it. */
const PROVOCATIONS = [
  frame({ opcode: 3, payload: 'wrong', mask: true }),
  text(Uint8Array.of(0xff)),
  frame({ opcode: 'close', payload: Uint8Array.of(3), mask: true }),
  text('{"type":'),
  frame({ opcode: 'binary', payload: Uint8Array.of(0xc1, 0x00, 0xff), mask: true }),
];

export default {
  title: 'Close reasons give nothing of the server’s inside away',
  requirement:
    'The reason of a Close is for those who look for a fault, and the client need not be one of them.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-209',
  refs: ['RFC 6455 §7.1.6', 'RFC 6455 §5.5.1'],
  judges: 'endpoint',
  why: 'Paths, class names and traces tell an attacker what runs there, and where to look for its known faults.',
  remedy:
    'Log the error at the server, and close with a code and a reason that you have written yourself, or none.',
  budget: { connections: PROVOCATIONS.length, atOnce: PROVOCATIONS.length },
  async run(probe) {
    const reasons = await Promise.all(
      PROVOCATIONS.map(async (octets) => {
        const peer = await probe.meet();
        peer.send(octets);
        const end = await peer.farewell(probe.patience.answerMs);
        return end?.how === 'close' ? (end.reason ?? '') : undefined;
      }),
    );
    const said = reasons.filter((reason) => reason !== undefined);
    if (said.length === 0) return skip('no error that was provoked brought a Close');
    const words = [...new Set(said.filter((reason) => reason !== ''))];
    const leaks = leaksIn(words.join('\n'), [probe.target.hello ?? '']);
    if (leaks.length > 0)
      return fail('reasons without anything of the inside', `a close reason has ${leaksTold(leaks)}`, {
        severity: leaks[0]!.severity,
        blame: probe.suspect(),
      });
    if (words.length === 0) return pass(`${said.length} errors were closed over without a reason`);
    return info(`reasons are given, and have nothing of the inside: "${show(words.join('", "'))}"`);
  },
} satisfies Check;
