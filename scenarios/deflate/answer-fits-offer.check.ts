import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { agrees, answered, extensionsOf, NOT_HERE, offer, offering, termsOf } from './terms.js';

const OFFERS = [
  'permessage-deflate',
  'permessage-deflate; client_max_window_bits',
  'permessage-deflate; client_max_window_bits=10',
  'permessage-deflate; client_no_context_takeover',
  'permessage-deflate; server_no_context_takeover',
];

export default {
  title: 'The answer to a permessage-deflate offer has nothing that the offer does not allow',
  requirement:
    'If a received extension negotiation offer doesn’t have the “client_max_window_bits” extension parameter, the corresponding extension negotiation response to the offer MUST NOT include the “client_max_window_bits” extension parameter.',
  severity: 'medium',
  ...offering,
  cwe: 'CWE-436',
  refs: ['RFC 7692 §7.1', 'RFC 7692 §7.1.2.2'],
  why: 'A client has to fail the connection over an answer that it did not allow; one that does not may compress on other terms than the server inflates.',
  remedy: 'Answer with parameters that the offer allows, or decline the offer.',
  budget: { connections: OFFERS.length + 2, atOnce: OFFERS.length + 1 },
  async run(probe) {
    if (!(await agrees(probe))) return skip(NOT_HERE);
    const faults: string[] = [];
    let agreed = 0;
    await Promise.all(
      OFFERS.map(async (offered) => {
        const made = await offer(probe, offered);
        const answer = answered(made);
        if (!answer) return;
        agreed++;
        if (typeof termsOf(offered, answer) === 'string')
          faults.push(`“${offered}” is answered “${extensionsOf(made)}”`);
      }),
    );
    if (faults.length > 0) return fail('parameters that the offer allows', faults.sort().join('; '));
    return pass(`${agreed} of ${OFFERS.length} offers were agreed to, on their terms`, {
      measured: { agreed },
    });
  },
} satisfies Check;
