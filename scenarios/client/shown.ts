import type { Exit, Held, Lure, Probe, Verdict, Visit } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';

/** What the client did with something that it was shown. */
export interface Shown {
  /** Undefined where it did not come. */
  held?: Held;
  failure: string;
  exit?: Exit;
  /** What tells that its program was brought down by it, and would not have been by a connection that is lost. */
  crash?: string;
  /** The most memory that it had, and before that where it was kept, in KiB. */
  peakKb?: number;
  beforeKb?: number;
}

/** How long a program may take to end over what it was shown, once its connection is over. */
const EXIT_MS = 300;
export const blame = 'client';

/** Lets the client come to the lure, and tells what it did. Its program is over afterwards. */
export async function shownTo(probe: Probe, lure: Lure, withinMs?: number): Promise<Shown> {
  const shown = await seen(probe, lure, withinMs);
  if (shown.crash === undefined || !shown.crash.includes('nobody caught')) return shown;
  // A program that no fault is caught in ends over each of them: nothing is special about this one.
  const usual = await probe.once('client at ordinary failures', async () => {
    for (const serve of [lost, refused]) {
      const { crash } = await seen(probe, { serve });
      if (crash !== undefined) return crash;
    }
    return undefined;
  });
  if (usual === undefined) return shown;
  const { crash: _, ...rest } = shown;
  return rest;
}

async function seen(probe: Probe, lure: Lure, withinMs?: number): Promise<Shown> {
  await using caught = await probe.lure(lure);
  if (!caught.visit) return { failure: caught.failure };
  const held = await caught.held(withinMs);
  const waitMs = held.as === 'open' ? 0 : EXIT_MS;
  const exit = await caught.exit(waitMs);
  const crash = exit && (await caught.crash(0));
  const { peakKb, beforeKb } = caught;
  return {
    held,
    failure: caught.failure,
    ...(exit && { exit }),
    ...(crash !== undefined && { crash }),
    ...(peakKb !== undefined && { peakKb }),
    ...(beforeKb !== undefined && { beforeKb }),
  };
}

async function lost(visit: Visit): Promise<void> {
  visit.accept();
  await visit.ping(300);
  visit.reset();
}

function refused(visit: Visit): void {
  visit.send('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  visit.end();
}

/** A 101 (or what looks like one) that a client must not take. */
export interface Answer {
  what: string;
  answer: (visit: Visit) => Uint8Array | string;
}

/** Whether the client takes none of these for the answer to its handshake. */
export async function refusesAnswers(
  probe: Probe,
  answers: readonly Answer[],
  lure: Partial<Lure> = {},
): Promise<Verdict> {
  const { name } = probe.client;
  const taken: string[] = [];
  const unclear: string[] = [];
  let came = 0;
  for (const { what, answer } of answers) {
    const { held, crash } = await shownTo(probe, { ...lure, serve: (visit) => visit.send(answer(visit)) });
    if (!held) continue;
    came++;
    probe.note(`${what}: ${held.told}`);
    if (crash !== undefined) return fail(FAILED, `${name} ${crash} over ${what}`, { blame });
    if (held.as === 'open') taken.push(`${what} (${held.told})`);
    if (held.as === 'unclear') unclear.push(`${what}: ${held.told}`);
  }
  if (taken.length > 0) return fail(FAILED, `${name} took ${taken.join('; ')}`, { blame });
  if (came < answers.length) return skip(`${name} asked for ${came} of ${answers.length} wrong answers only`);
  // It was not taken: what is left is a socket that hangs about.
  if (unclear.length > 0) return warn(unclear.join('; '), { expected: FAILED, blame, severity: 'low' });
  return pass(`${name} refused ${answers.map(({ what }) => what).join('; ')}`);
}

const FAILED = 'the client fails the connection';

/** Octets from a server that the client has to fail an open connection over. */
export interface Flaw {
  what: string;
  octets: (visit: Visit) => Uint8Array;
}

/** Opens a connection as a sound server does, and once the client is seen to use it goes on with what is given. */
export const afterOpening =
  (probe: Probe, then: (visit: Visit) => Promise<void> | void, accept: (visit: Visit) => void = usual) =>
  async (visit: Visit): Promise<void> => {
    accept(visit);
    // Who leaves soon by itself has to be met at once.
    if ((await probe.habits()).quitMs === undefined) await visit.ping(probe.patience.answerMs);
    await then(visit);
  };

const usual = (visit: Visit): void => visit.accept();

/** Whether the client fails an open connection over each of these; `code` is what a Close frame ought to say. */
export async function failsOver(
  probe: Probe,
  flaws: readonly Flaw[],
  code: number,
  accept?: (visit: Visit) => void,
): Promise<Verdict> {
  const { name } = probe.client;
  const habits = await probe.habits();
  const taken: string[] = [];
  const said: string[] = [];
  for (const { what, octets } of flaws) {
    const serve = afterOpening(probe, (visit) => visit.send(octets(visit)), accept);
    const { held, crash } = await shownTo(probe, { serve });
    if (!held) return skip(`${name} did not come to be shown ${what}`);
    probe.note(`${what}: ${held.told}`);
    if (crash !== undefined)
      return fail(FAILED, `${name} ${crash} over ${what}`, { blame, severity: 'high' });
    const left = held.end?.code === undefined || held.end.code < 1002;
    if (habits.quitMs !== undefined && left)
      return skip(
        `${name} leaves by itself after ${Math.round(habits.quitMs)} ms: ${held.told} over ${what}`,
      );
    if (held.as !== 'failed') taken.push(`${what}: ${held.told}`);
    else said.push(held.told);
  }
  if (taken.length > 0) return fail(FAILED, taken.join('; '), { blame });
  const [first = ''] = said;
  const same = said.every((one) => one === first);
  const measured = { expectedCode: code };
  return pass(same ? `${first}${said.length > 1 ? ` over each of ${said.length}` : ''}` : said.join('; '), {
    measured,
  });
}

/** Whether the client answers bad Close frames as what they are, rather than going along with them. */
export async function answersClose(probe: Probe, flaws: readonly Flaw[]): Promise<Verdict> {
  const { name } = probe.client;
  if ((await probe.habits()).quitMs !== undefined)
    return skip('the client leaves by itself, before it is told to');
  const wrong: string[] = [];
  for (const { what, octets } of flaws) {
    const serve = afterOpening(probe, async (visit) => {
      visit.send(octets(visit));
      await visit.ended(probe.patience.answerMs);
    });
    const { held, crash } = await shownTo(probe, { serve });
    if (!held) return skip(`${name} did not come to be shown ${what}`);
    probe.note(`${what}: ${held.told}`);
    if (crash !== undefined)
      return fail(FAILED, `${name} ${crash} over ${what}`, { blame, severity: 'high' });
    const { end } = held;
    if (!end) wrong.push(`${what}: ${held.told}`);
    else if (end.how === 'close' && end.code !== 1002 && end.code !== 1007)
      wrong.push(
        `${what} was answered with ${end.code === undefined ? 'an empty Close' : `Close ${end.code}`}`,
      );
  }
  if (wrong.length > 0) return fail('Close 1002 or 1007, or none at all', wrong.join('; '), { blame });
  return pass(`none of ${flaws.length} was gone along with`);
}
