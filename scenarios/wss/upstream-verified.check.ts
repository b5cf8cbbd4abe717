import type { CertificateKind, Check, Dial, Probe } from '../../harness/model.js';
import { type FarEnd, farEnd } from '../../harness/origins/far-end.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { IN_CLEAR, overTls } from './route.js';

const BAD = ['expired', 'self-signed', 'untrusted', 'wrong-name'] as const;

export default {
  title: 'An inspecting proxy lets no bad certificate through in the guise of its own good one',
  requirement:
    'Who opens the TLS of a client verifies the far end in its stead, and leads to none that does not verify.',
  severity: 'high',
  cwe: 'CWE-295',
  refs: ['RFC 6455 §4.1', 'RFC 9110 §4.3.4'],
  why: 'The client sees the certificate of the inspector alone. An inspector that believes everybody makes every attacker behind it look trustworthy.',
  remedy: 'Squid: keep sslproxy_cert_error deny all, and no sslproxy flags that disable verification.',
  async run(probe) {
    if (!overTls(probe)) return skip(IN_CLEAR);
    if (probe.route.proxy === undefined)
      return skip('no forward proxy here that could lead to another far end');
    const control = await meet(probe, 'good');
    if (!control.dial.conforms) {
      const { failure, answer } = control.dial;
      const how = failure ?? `the answer was ${answer?.status}`;
      return skip(`no baseline here: a good certificate is not led to either: ${how}`);
    }
    const seen = control.far.sightings.find(({ tls }) => tls !== undefined);
    if (seen?.tls?.binding === control.dial.tls?.binding) {
      return skip('nobody opens the TLS here: the client verifies for itself');
    }
    const met = await Promise.all(BAD.map((kind) => meet(probe, kind)));
    const taken = BAD.filter((_, i) => met[i]!.dial.handshake === 'accepted');
    if (taken.length > 0) {
      const actual = `led to a far end whose certificate is bad: ${taken.join(', ')}`;
      return fail('a refusal', actual, { blame: probe.suspect() });
    }
    const silent = BAD.filter((_, i) => met[i]!.dial.handshake === 'no-answer');
    if (silent.length > 0)
      return warn(`neither led to nor refused in the time watched: ${silent.join(', ')}`);
    return pass(`refused: ${BAD.join(', ')}`);
  },
} satisfies Check;

/** By way of the place's proxy, to a far end with such a certificate and the name that the client trusts. */
async function meet(probe: Probe, certificate: CertificateKind): Promise<{ far: FarEnd; dial: Dial }> {
  const { servername, proxy, ca } = probe.route;
  const named = servername === undefined ? {} : { name: servername };
  const far = probe.own(await farEnd(probe.authority, { certificate, ...named }));
  const route = { ...far.route, ...(proxy && { proxy }), ...(ca !== undefined && { ca }) };
  return { far, dial: await probe.dial({ route, path: '/echo' }) };
}
