import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { pass, skip, warn } from '../../harness/verdict.js';
import { endTold } from '../judging/end.js';
import { wordFor } from '../judging/word.js';

/** No time limit is so short. */
const AT_ONCE_MS = 300;

export default {
  title: 'A message whose rest never comes is given up',
  requirement: 'A message that was begun and is not gone on with is not waited for without end.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-772',
  refs: ['RFC 6455 §10.4'],
  judges: 'endpoint',
  patient: true,
  why: 'What has come of a message is held as long as the connection: many connections with a large first fragment each, and pongs now and then, hold memory for nothing.',
  remedy: 'Give a message a time limit from its first fragment, and close with 1008 when it is over.',
  async run(probe) {
    const peer = await probe.meet();
    const since = performance.now();
    peer.send(frame({ opcode: 'text', fin: false, payload: wordFor(probe), mask: true }));
    const end = await peer.farewell(probe.patience.limitMs);
    const ms = Math.round(performance.now() - since);
    if (end && ms < AT_ONCE_MS)
      return skip(`a fragment of a text ends the connection at once: ${endTold(end)}`);
    if (end) return pass(`ended after ${ms} ms: ${endTold(end)}`, { measured: { heldMs: ms } });
    const actual = `the beginning of a message was held for ${ms} ms, as long as was waited`;
    return warn(actual, { actual, measured: { heldMs: ms } });
  },
} satisfies Check;
