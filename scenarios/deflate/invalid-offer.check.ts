import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { ENOUGH, enough } from '../judging/enough.js';
import { agrees, answered, NOT_HERE, offer, offering, toldOf } from './terms.js';

const PARAMS = [
  'server_max_window_bits=7',
  'server_max_window_bits=16',
  'server_max_window_bits=1000',
  'server_max_window_bits=08',
  'server_max_window_bits=x',
  'server_max_window_bits',
  'client_max_window_bits=7',
  'client_max_window_bits=16',
  'server_no_context_takeover=1',
  'server_no_context_takeover; server_no_context_takeover',
  'server_max_window_bits=10; server_max_window_bits=9',
  'mystery',
];

export default {
  title: 'Invalid permessage-deflate offers are declined',
  requirement:
    'A server MUST decline an extension negotiation offer for this extension if the offer has a parameter not defined for use in an offer, a parameter with an invalid value, or multiple parameters with the same name.',
  severity: 'low',
  ...offering,
  cwe: 'CWE-20',
  refs: ['RFC 7692 §7.1'],
  why: 'Values that are not checked reach a compression library that was made for others: windows that do not exist, numbers that are none.',
  remedy: 'Take 8 to 15 without a leading zero, each parameter once, and no others; decline the rest.',
  budget: { connections: PARAMS.length + 2, atOnce: PARAMS.length + 1 },
  async run(probe) {
    if (!(await agrees(probe))) return skip(NOT_HERE);
    let counted = 0;
    const wrong = await Promise.all(
      PARAMS.map(async (params) => {
        const made = await offer(probe, `permessage-deflate; ${params}`);
        if (answered(made)) return `“${params}” is agreed to`;
        if (enough(made)) return [];
        counted++;
        const status = made.answer?.status ?? 0;
        if (status >= 500) return `“${params}” is answered with ${status}`;
        return status === 0 ? `“${params}” has no answer (${toldOf(made)})` : [];
      }),
    );
    const faults = wrong.flat();
    if (faults.length > 0) return fail('a 101 without the extension, or a 4xx', faults.join('; '));
    if (counted === 0) return skip(ENOUGH);
    return pass(`${counted} invalid offers were declined or refused`);
  },
} satisfies Check;
