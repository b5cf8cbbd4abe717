import type { Check } from '../../harness/model.js';
import { isCredential } from './credential.js';
import { judgeOffer } from './offer.js';

const swapped = (text: string): string =>
  text.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );

export default {
  title: 'A subprotocol is confirmed in the letters in which it was offered',
  requirement:
    'The value chosen MUST be derived from the client’s handshake, by selecting one of its values: it comes back as it was offered.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-178',
  refs: ['RFC 6455 §4.2.2', 'RFC 6455 §4.1'],
  judges: 'endpoint',
  why: 'Names of subprotocols are compared as they stand: browsers fail the connection over one that differs in case.',
  remedy: 'Compare names as they stand.',
  run(probe) {
    const known = probe.target.subprotocols.find((one) => !isCredential(one));
    const name = swapped(known ?? 'gauntlet.v1');
    return judgeOffer(probe, {
      options: { subprotocols: [name] },
      expected: `${name}, or none`,
      fault: (values) =>
        values.some((value) => value !== name && value.toLowerCase() === name.toLowerCase())
          ? `${name} was offered, and confirmed otherwise`
          : undefined,
    });
  },
} satisfies Check;
