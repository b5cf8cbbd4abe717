import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { ENOUGH, enough } from '../judging/enough.js';
import { extensionsOf, offering } from './terms.js';

const UNKNOWN = 'x-unheard-of; level=3';

export default {
  title: 'An extension that nobody knows is not agreed to',
  requirement:
    'The extensions listed by the server in response represent the extensions actually in use for the connection.',
  severity: 'medium',
  ...offering,
  cwe: 'CWE-436',
  refs: ['RFC 6455 §9.1', 'RFC 6455 §4.2.2'],
  why: 'A server that repeats what it is offered has agreed to rules that it does not know. The client may send frames by those rules.',
  remedy: 'Answer with extensions that are implemented, and leave the header out where there is none.',
  async run(probe) {
    await using _ = await probe.meet();
    const made = await probe.knock({ extensions: UNKNOWN });
    const value = extensionsOf(made);
    if (/x-unheard-of/i.test(value))
      return fail('a 101 without the extension', `the answer agrees to “${show(value)}”`);
    if (made.reception === 'accepted') return pass('accepted without the extension');
    if (enough(made)) return skip(ENOUGH);
    const status = made.answer?.status ?? 0;
    // RFC 6455 §9.1: what is not known is left out; it is no reason to refuse.
    return fail('a 101 without the extension', made.told, {
      severity: status >= 400 && status < 500 ? 'low' : 'medium',
    });
  },
} satisfies Check;
