import type { Check } from '../../harness/model.js';
import { skip } from '../../harness/verdict.js';
import { judgeOffer } from './offer.js';

export default {
  title: 'Where no subprotocol is offered, none is confirmed',
  requirement:
    'If the client’s handshake did not contain a Sec-WebSocket-Protocol header field, the server MUST NOT send one back: the absence of such a field is equivalent to the null value.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.2.2', 'RFC 6455 §4.1'],
  judges: 'endpoint',
  why: 'A client MUST fail the connection over a subprotocol that it did not ask for; one that does not is talked to in a language that it did not choose.',
  remedy: 'Send Sec-WebSocket-Protocol only in answer to one, and with one of its values.',
  async run(probe) {
    const verdict = await judgeOffer(probe, {
      options: { subprotocols: [] },
      expected: 'a 101 without Sec-WebSocket-Protocol',
      fault: (values) => (values.length > 0 ? 'one was confirmed that nobody had offered' : undefined),
    });
    // An endpoint may want one.
    return verdict.measured?.handshake === 'refused'
      ? skip(`no handshake is accepted here without a subprotocol: ${verdict.message}`)
      : verdict;
  },
} satisfies Check;
