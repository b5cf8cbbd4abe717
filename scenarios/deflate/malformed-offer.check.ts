import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { ENOUGH, enough } from '../judging/enough.js';
import { answered, offer, offering, toldOf } from './terms.js';

const MANY = Array.from({ length: 50 }, (_, i) => `p${i}=${i}`).join('; ');
const OFFERS: Record<string, string> = {
  'an unclosed quote': 'permessage-deflate; x="unclosed',
  'empty parameters': 'permessage-deflate;;',
  'a parameter without a name': 'permessage-deflate; =10',
  'two values': 'permessage-deflate; server_max_window_bits=10=11',
  'a lone quote': '"',
  'fifty unknown parameters': `permessage-deflate; ${MANY}`,
};

export default {
  title: 'Malformed extension headers are refused or passed over, and answered',
  requirement:
    'If a value is received by either the client or the server during negotiation that does not conform to the ABNF, the recipient of such malformed data MUST immediately fail the WebSocket connection.',
  severity: 'medium',
  ...offering,
  cwe: 'CWE-20',
  refs: ['RFC 6455 §9.1'],
  why: 'An error while a header is read, before there is a connection to report it on, is one that few have thought of.',
  remedy: 'Answer 400, or go on without extensions.',
  budget: { connections: Object.keys(OFFERS).length + 2, atOnce: Object.keys(OFFERS).length + 1 },
  async run(probe) {
    await using _ = await probe.meet();
    let counted = 0;
    const wrong = await Promise.all(
      Object.entries(OFFERS).map(async ([name, offered]) => {
        const made = await offer(probe, offered);
        if (answered(made)) return `${name}: agreed to`;
        if (enough(made)) return [];
        counted++;
        if (!made.answer) return `${name}: no answer (${toldOf(made)})`;
        return made.answer.status >= 500 ? `${name}: ${made.answer.status}` : [];
      }),
    );
    const faults = wrong.flat();
    if (faults.length > 0) return fail('a 400, or a 101 without extensions', faults.join('; '));
    if (counted === 0) return skip(ENOUGH);
    return pass(`${counted} malformed offers were refused or passed over`);
  },
} satisfies Check;
