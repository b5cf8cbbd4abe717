import type { Check } from '../../harness/model.js';
import { together } from '../opening/refused-each.js';
import { judgeBeside } from './offer.js';

const NAMES = ['gauntlet v1', '"gauntlet"', 'gauntlet<v1>', 'gauntlet\xe9'];

export default {
  title: 'A subprotocol that is no token is not confirmed',
  requirement:
    'The elements that comprise this value MUST be non-empty strings with characters in the range U+0021 to U+007E not including separator characters.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-113',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §11.3.4'],
  judges: 'endpoint',
  budget: { connections: 10 },
  why: 'A value that is written into the answer as it came carries an attacker’s characters into a header: splitting answers begins there, and pages that show the value are next.',
  remedy: 'Answer 400 to an offer that is not a list of tokens, or choose from a list of your own.',
  async run(probe) {
    const bystander = await probe.meet();
    const said = [];
    for (const name of NAMES) {
      const offer = [...probe.target.subprotocols, name].join(', ');
      const verdict = await judgeBeside(bystander, probe, {
        options: { change: { 'Sec-WebSocket-Protocol': offer } },
        expected: '400, or 101 without it',
        fault: (values) =>
          values.some((value) => value.includes(name)) ? 'it was confirmed as it came' : undefined,
      });
      said.push([name.replace('\xe9', 'é'), verdict] as const);
    }
    return together(said);
  },
} satisfies Check;
