import type { Probe, Verdict } from '../../harness/model.js';
import { farEnd } from '../../harness/origins/far-end.js';
import { fail, pass, skip } from '../../harness/verdict.js';

/** A 101 that a client must not take. */
export interface Fake {
  what: string;
  path: string;
}

/**
 * Shows the client under test each of these, with nothing in between, and judges that it takes none. Where it does
 * not take a right 101 of the same server either, the check is skipped.
 */
export async function mustNotTake(
  probe: Probe,
  fakes: readonly Fake[],
  subprotocols: readonly string[] = [],
): Promise<Verdict> {
  const { client, patience, signal } = probe;
  const far = probe.own(await farEnd(probe.authority));
  const open = async (path: string) =>
    probe.own(await client.open(far.route, { path, subprotocols, handshakeMs: patience.answerMs, signal }));
  const control = await open('/echo');
  if (!control.opened) {
    return skip(
      `${client.name} does not open a right handshake either: ${control.failure ?? 'no reason given'}`,
    );
  }
  const shown = await Promise.all(fakes.map(async (fake) => ({ ...fake, session: await open(fake.path) })));
  for (const { what, session } of shown)
    probe.note(
      `a 101 ${what}: ${session.opened ? 'taken' : `refused (${session.failure ?? 'no reason given'})`}`,
    );
  const expected = 'the client fails the connection';
  const taken = shown.filter(({ session }) => session.opened).map(({ what }) => what);
  if (taken.length > 0) {
    return fail(expected, `${client.name} took a 101 ${taken.join('; ')}`, { blame: 'client' });
  }
  // A client that gave up before the answer has refused nothing.
  const answers = far.sightings.filter(({ head, answer }) => / \/fake\?/.test(head ?? '') && answer).length;
  if (answers < fakes.length) {
    return skip(`${client.name} asked for ${answers} of ${fakes.length} wrong answers only`);
  }
  return pass(`${client.name} refused a 101 ${fakes.map(({ what }) => what).join('; ')}`);
}
