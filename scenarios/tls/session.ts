import type { Probe, ShownCertificate, TlsSession, Verdict } from '../../harness/model.js';
import { skip } from '../../harness/verdict.js';
import { told } from '../opening/told.js';
import { IN_CLEAR, overTls } from '../wss/route.js';

/** The session that an ordinary client has here, whatever certificate is shown; or why there is none. Made once. */
export async function sessionAt(probe: Probe): Promise<{ session: TlsSession } | { not: Verdict }> {
  if (!overTls(probe)) return { not: skip(IN_CLEAR) };
  return probe.once('tls: an ordinary session', async () => {
    const made = await probe.dial({ tls: { trustAll: true } });
    for (const one of made.tls?.chain ?? []) probe.note(`certificate: ${described(one)}`);
    return made.tls
      ? { session: made.tls }
      : { not: skip(`no baseline here: no TLS session: ${told(made)}`) };
  });
}

/** The certificates that the server answers for: without the root, whose signature and dates nobody goes by. */
export async function chainAt(
  probe: Probe,
): Promise<
  { session: TlsSession; leaf: ShownCertificate; chain: readonly ShownCertificate[] } | { not: Verdict }
> {
  const found = await sessionAt(probe);
  if ('not' in found) return found;
  const { session } = found;
  const [leaf, ...above] = session.chain ?? [];
  if (!leaf) return { not: skip('no certificate was shown') };
  return { session, leaf, chain: [leaf, ...above.filter(({ selfSigned }) => !selfSigned)] };
}

/** How a finding names a certificate of the chain. */
export const titleOf = (one: ShownCertificate, leaf: ShownCertificate): string =>
  one === leaf ? 'the certificate' : `the certificate of ${one.subject} above it`;

function described({ subject, issuer, names, from, to, key, signature }: ShownCertificate): string {
  const kind = `${key.type} ${key.bits ?? key.curve ?? ''}`.trimEnd();
  const since = [from, to]
    .map((ms) => (Number.isNaN(ms) ? 'no time' : new Date(ms).toISOString()))
    .join(' to ');
  return `${subject}, issued by ${issuer}, ${since}, ${kind}, ${signature}, for ${names.slice(0, 5).join(', ') || 'no name'}`;
}
