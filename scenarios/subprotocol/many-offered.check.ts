import type { Check, Probe } from '../../harness/model.js';
import { mustAnswer } from '../handshake/answered.js';

const offers = ({ target }: Probe, count: number) => ({
  subprotocols: [
    ...target.subprotocols,
    ...Array.from({ length: count }, (_, index) => `gauntlet.v${index}`),
  ],
});

export default {
  title: 'A hundred subprotocols are taken or refused, and hurt nobody',
  requirement:
    'The client may offer any number of subprotocols. A server that does not wish to look at so many answers with an appropriate 4xx (Client Error) status code.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-400',
  refs: ['RFC 6455 §11.3.4', 'RFC 9110 §5.4'],
  judges: 'endpoint',
  why: 'Parsers of this list have been quadratic and worse, and what hangs over one handshake holds up everybody’s.',
  remedy: 'Bound the list, and parse it in linear time.',
  run: (probe) =>
    mustAnswer(probe, [
      { name: 'a hundred subprotocols', options: offers(probe, 100), like: offers(probe, 1) },
    ]),
} satisfies Check;
