import type { Dial, DialOptions, Peer, Probe, Verdict } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { together } from '../opening/refused-each.js';
import { told } from '../opening/told.js';

/** Something that may be accepted or refused; `name` is how messages call it. */
export interface Oddity {
  name: string;
  options: DialOptions;
  /** The same without what is odd about it: what that gets too says nothing. */
  like?: DialOptions;
}

const EXPECTED = 'a 101 or a refusal, and no harm to others';

/** Judges that each gets an answer of some kind, and that other connections live on; `told` says which got which. */
export async function mustAnswer(probe: Probe, oddities: readonly Oddity[]): Promise<Verdict> {
  const said: (readonly [name: string, verdict: Verdict])[] = [];
  const bystander = await probe.meet();
  for (const { name, options, like } of oddities) {
    const made = await probe.dial(options);
    await made[Symbol.asyncDispose]();
    if (!(await probe.lives(bystander))) return twice(probe, name, options, bystander);
    said.push([name, await judge(probe, made, like)]);
  }
  return together(said);
}

async function judge(probe: Probe, made: Dial, like?: DialOptions): Promise<Verdict> {
  const { handshake, answer } = made;
  const status = answer?.status ?? 0;
  const measured = { handshake, ...(answer && { status }) };
  if (handshake === 'accepted') return pass('accepted', { measured });
  if (status === 429 || status === 503)
    return skip(`answered with ${status}, which says that there are too many requests, and nothing of this`);
  if (status >= 300 && status <= 499) return pass(told(made), { measured });
  if (status === 501 || status === 505) return pass(told(made), { measured });
  if (like) {
    const other = await probe.dial(like);
    await other[Symbol.asyncDispose]();
    if (other.handshake === handshake && (other.answer?.status ?? 0) === status)
      return skip(`the same without it gets that too: ${told(made)}`);
  }
  const after = await probe.dial();
  await after[Symbol.asyncDispose]();
  if (after.handshake !== 'accepted')
    return skip(`what was accepted before is not accepted any more: ${told(after)}`);
  const extras = { measured, blame: probe.suspect() };
  if (handshake === 'no-answer') return fail(EXPECTED, told(made), extras);
  return warn(told(made), { ...extras, expected: EXPECTED, actual: told(made), severity: 'low' });
}

/** Another connection ended when this was sent: by chance, or because of it. */
async function twice(probe: Probe, name: string, options: DialOptions, first: Peer): Promise<Verdict> {
  await first[Symbol.asyncDispose]();
  const actual = `${name}: another connection ended when this was sent`;
  const extras = { severity: 'high' as const, blame: probe.suspect() };
  const usual = await probe.dial();
  await usual[Symbol.asyncDispose]();
  if (usual.handshake !== 'accepted')
    return fail(EXPECTED, `${actual}, and nobody is let in since: ${told(usual)}`, extras);
  // There are endpoints that let nobody have two connections.
  if (!(await ends(probe, {})) && (await ends(probe, options)))
    return fail(EXPECTED, `${actual}, twice`, extras);
  return skip('connections end here by themselves, so that one ends tells nothing of what was sent');
}

/** Whether a connection that was there before ends when this is sent. */
async function ends(probe: Probe, options: DialOptions): Promise<boolean> {
  const bystander = await probe.meet();
  const made = await probe.dial(options);
  const ended = !(await probe.lives(bystander));
  await bystander[Symbol.asyncDispose]();
  await made[Symbol.asyncDispose]();
  return ended;
}
