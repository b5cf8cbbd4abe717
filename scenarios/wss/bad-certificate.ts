import type { CertificateKind, Probe, Verdict } from '../../harness/model.js';
import { farEnd } from '../../harness/origins/far-end.js';
import { show } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';

/** Whether the client under test refuses a far end that differs from one that it takes in its certificate alone. */
export async function refusesCertificate(
  probe: Probe,
  kind: Exclude<CertificateKind, 'good'>,
  flaw: string,
): Promise<Verdict> {
  const meet = async (certificate: CertificateKind) => {
    const far = probe.own(await farEnd(probe.authority, { certificate }));
    const session = probe.own(await probe.client.open(far.route, { path: '/echo', signal: probe.signal }));
    return { far, session };
  };
  const { name } = probe.client;
  const control = await meet('good');
  if (!control.session.opened) {
    return skip(
      `no baseline here: ${name} does not take a good certificate either: ${control.session.failure}`,
    );
  }
  const { far, session } = await meet(kind);
  const extras = { measured: { opened: session.opened }, blame: 'client' };
  if (session.opened) return fail('the connection refused', `${name} took a certificate ${flaw}`, extras);
  // Cookies and tokens go with the request.
  if (far.sightings.some(({ head }) => head !== undefined)) {
    return fail(
      'no request sent',
      `${name} sent its request to a far end with a certificate ${flaw}`,
      extras,
    );
  }
  return pass(`refused: ${show(session.failure ?? 'without a reason')}`);
}
