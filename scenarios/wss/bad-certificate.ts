import type { CertificateKind, Probe, Verdict } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';

/** Whether the client under test refuses a far end that differs from one that it takes in its certificate alone. */
export async function refusesCertificate(
  probe: Probe,
  kind: Exclude<CertificateKind, 'good'>,
  flaw: string,
): Promise<Verdict> {
  const { name, launch } = probe.client;
  await using caught = await probe.lure({ certificate: kind, serve: (visit) => visit.accept() });
  const opened = caught.opened ?? (caught.visit !== undefined && (await caught.held()).as === 'open');
  const extras = { measured: { opened }, blame: 'client' };
  if (opened) return fail('the connection refused', `${name} took a certificate ${flaw}`, extras);
  // Cookies and tokens go with the request.
  if (caught.visit) {
    return fail(
      'no request sent',
      `${name} sent its request to a far end with a certificate ${flaw}`,
      extras,
    );
  }
  if (launch && !caught.turnedAway) return skip(`${name} did not come: ${show(caught.failure)}`);
  return pass(`refused: ${show(caught.failure)}`);
}
