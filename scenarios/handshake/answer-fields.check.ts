import type { Check } from '../../harness/model.js';
import { parseResponse } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { faultsIn, spoiler, told } from '../opening/told.js';

export default {
  title: 'The 101 is one that every client takes',
  requirement:
    'The answer has an Upgrade header field with the value "websocket", a Connection header field with the value "Upgrade" and one Sec-WebSocket-Accept, written as HTTP has it; otherwise the client MUST fail the connection.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §4.2.2', 'RFC 9112 §5'],
  judges: 'endpoint',
  why: 'Browsers fail the connection over what other clients overlook; hops that look for these fields do not see the switch.',
  remedy:
    'Send both fields and one accept value. Where one is missing, look for a hop that takes hop-by-hop fields away.',
  async run(probe) {
    const made = await probe.dial();
    if (made.handshake !== 'accepted' || !made.answer) return skip(`there is no 101 to judge: ${told(made)}`);
    const { oddities } = parseResponse(Buffer.from(made.answer.raw, 'latin1'));
    // Whether the accept value is the right one has a check of its own.
    const faults = faultsIn(made).filter((fault) => !fault.includes('does not fit the key'));
    const wrong = [...faults, ...oddities.map((oddity) => `The head has an oddity: ${oddity}.`)];
    const measured = { handshake: made.handshake, status: 101 };
    if (wrong.length === 0) return pass('all there, and well-formed', { measured });
    return fail('a valid 101', wrong.join(' '), { measured, blame: await spoiler(probe, made) });
  },
} satisfies Check;
