import type { Check, Sighting, TlsSession } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, info, pass, skip } from '../../harness/verdict.js';
import { told } from '../opening/told.js';
import { IN_CLEAR, overTls } from './route.js';

export default {
  title: 'One TLS session leads from the client to the origin',
  requirement:
    'Nobody whom the client has not addressed opens its TLS: the session that the client has is the one that the origin has.',
  severity: 'medium',
  cwe: 'CWE-300',
  refs: ['RFC 9266', 'RFC 9110 §9.3.6'],
  why: 'A certificate does not tell: whoever opens the TLS can show one of the same issuer, or the very same one. Keys drawn from the session do.',
  remedy:
    'Where an inspector is not wanted, have it splice or bypass this host. A reverse proxy that ends TLS is addressed by its clients, and does so by right.',
  async run(probe) {
    if (!overTls(probe)) return skip(IN_CLEAR);
    const dial = await probe.dial();
    if (!dial.tls || !dial.conforms) return skip(`no baseline here: ${told(dial)}`);
    const sighting = await probe.sighting(dial.token, probe.patience.answerMs);
    if (!sighting) return skip('the origin did not see the request that was answered with 101');
    const { issuer, binding } = dial.tls;
    if (sighting.tls?.binding === binding) {
      return pass('the client and the origin hold the same session', {
        measured: { tls: 'end-to-end', issuer },
      });
    }
    const reverse = probe.hops.filter(({ role }) => role === 'reverse').map(({ name }) => name);
    if (reverse.length > 0) {
      const where = [...new Set(reverse)].join(' or ');
      return info(`TLS ends at ${where}, ${behind(sighting)}`, { tls: 'ended', issuer });
    }
    return fail('the same session at both ends', opened(dial.tls, sighting), {
      measured: { tls: 'opened', issuer },
      blame: probe.suspect(),
    });
  },
} satisfies Check;

const behind = ({ tls }: Sighting) =>
  tls ? 'and the origin is reached by a session of its own' : 'and the origin is reached in clear';

function opened({ issuer }: TlsSession, sighting: Sighting): string {
  return `opened on the way, with a certificate issued by ${show(issuer)}, ${behind(sighting)}`;
}
