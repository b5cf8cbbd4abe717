import { randomBytes } from 'node:crypto';
import type { Check } from '../../harness/model.js';
import { warn } from '../../harness/verdict.js';
import { judgeOffer } from './offer.js';

export default {
  title: 'A subprotocol that nobody knows is not confirmed',
  requirement:
    'The server selects one of the subprotocols that the client offered and that it is itself able to speak, or none.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §4.2.2', 'RFC 6455 §1.9'],
  judges: 'endpoint',
  why: 'A server that says yes to whatever is offered first speaks with every client a language that only the client believes in, and repeats in its answer what the client wrote.',
  remedy: 'Choose from a list of your own, and confirm none where nothing fits.',
  fixes: {
    ws: "handleProtocols: (offered) => ['chat.v2', 'chat.v1'].find((known) => offered.has(known)) ?? false",
  },
  async run(probe) {
    const unknown = `gauntlet.${randomBytes(6).toString('hex')}`;
    const verdict = await judgeOffer(probe, {
      options: { subprotocols: [unknown] },
      expected: '101 without a subprotocol, or a refusal',
      fault: (values) =>
        values.length === 0
          ? undefined
          : values.join() === unknown
            ? 'whatever is offered is confirmed'
            : 'another than was offered was confirmed',
    });
    if (verdict.outcome !== 'fail' || verdict.measured?.subprotocol !== unknown) return verdict;
    const { message, outcome: _, ...extras } = verdict;
    return warn(message, extras);
  },
} satisfies Check;
