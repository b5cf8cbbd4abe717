import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { refusal } from '../opening/told.js';
import { called } from './credential.js';
import { confirmed } from './offer.js';

const split = (head: string): string =>
  head.replace(/^(Sec-WebSocket-Protocol: )([^,\r\n]+), /im, '$1$2\r\n$1');

export default {
  title: 'An offer in two fields is the same as one in a list',
  requirement:
    'The Sec-WebSocket-Protocol header field MAY appear multiple times in an HTTP request, which is logically the same as a single field that contains all values; it MUST NOT appear more than once in an HTTP response.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §11.3.4', 'RFC 9110 §5.3'],
  judges: 'endpoint',
  why: 'Hops split and join lists. What looks at the first field or the last alone chooses something else, or nothing, behind the next hop.',
  remedy: 'Join the values of all fields before parsing.',
  async run(probe) {
    const subprotocols = [...new Set([...probe.target.subprotocols, 'gauntlet.v2', 'gauntlet.v1'])].slice(
      0,
      2,
    );
    const list = await probe.knock({ subprotocols });
    if (list.reception !== 'accepted')
      return skip(`no baseline here: an offer of two in a list gets: ${list.told}`);
    const made = await probe.knock({ subprotocols, head: split });
    const [one, two] = [list, made].map((each) => confirmed(each).map(called).join(' and ') || 'none');
    const measured = { handshake: made.handshake, ...(made.answer && { status: made.answer.status }) };
    if (made.handshake === 'accepted' && one === two) return pass(`in either way: ${one}`, { measured });
    if (made.answer?.status === 429 || made.answer?.status === 503)
      return skip(`answered with ${made.answer.status}, which says that there are too many requests`);
    const { why, blame } = await refusal(probe, made);
    const actual = made.handshake === 'accepted' ? `${one} of a list, and ${two} of two fields` : made.told;
    return fail(`${one}, as for a list`, actual + why, { measured, blame });
  },
} satisfies Check;
