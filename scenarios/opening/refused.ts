import type { Dial, DialOptions, End, Peer, Probe, Verdict } from '../../harness/model.js';
import { parseRequest, type RequestHead } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { answerer, told, viewOf } from './told.js';

export interface Wrong {
  options: DialOptions;
  /** The same with that put right, where that is not the usual handshake. */
  right?: DialOptions;
  /** What a right answer is, in words. */
  expected: string;
  /** Whether the thing that is wrong was still so when the request came to the origin. */
  remains?(head: RequestHead): boolean;
  /** Why a 101 breaks no rule and ought not to be given all the same; it is a warning then. */
  weak?: string;
  /** What is left is an ordinary request: any page is an answer to it, and there are servers that have none. */
  ordinary?: boolean;
}

/**
 * Judges that a handshake with one thing wrong is refused, where the same with that put right is accepted (where it
 * is not, the check is skipped). What the answer has to carry besides is for the caller to say of a pass.
 */
export async function mustRefuse(probe: Probe, wrong: Wrong): Promise<{ verdict: Verdict; made: Dial }> {
  const bystander = await probe.meet(wrong.right);
  const made = await probe.dial(wrong.options);
  return { made, verdict: await judge(probe, wrong, made, bystander) };
}

/** The same of a handshake that was made: `bystander` is a connection of the one that is right. */
export async function judge(probe: Probe, wrong: Wrong, made: Dial, bystander: Peer): Promise<Verdict> {
  const { expected, ordinary = false } = wrong;
  const { handshake, answer } = made;
  const status = answer?.status ?? 0;
  const measured = { handshake, ...(answer && { status }) };
  if (handshake === 'accepted') return accepted(probe, wrong, made, bystander);
  const doubt = await inDoubt(probe, wrong, made);
  if (doubt) return doubt;
  const grave = graveness(probe);
  if (handshake === 'no-answer') {
    if (ordinary)
      return warn('it is not answered at all', { measured, expected, actual: 'no answer', ...grave });
    return fail(expected, told(made), { measured, blame: await silent(probe, made), ...grave });
  }
  const by = await answerer(probe, made);
  if (handshake === 'reset')
    return warn('the connection was ended without an answer', { measured, expected, ...grave });
  if (ordinary && status >= 200 && status < 400)
    return pass(`answered with ${status}`, { measured: { ...measured, refusedBy: by } });
  if (!isRefusal(status)) {
    return warn(`not accepted, but ${told(made)} by ${by}`, {
      measured,
      expected,
      actual: told(made),
      blame: by,
      ...grave,
    });
  }
  return pass(`${told(made)} by ${by}`, { measured: { ...measured, refusedBy: by } });
}

/** What is said of a request: with 501 and 505 too, but with no other error of the server’s (RFC 9110 §15.6). */
const isRefusal = (status: number) => (status >= 400 && status <= 499) || status === 501 || status === 505;

async function accepted(probe: Probe, wrong: Wrong, made: Dial, bystander: Peer): Promise<Verdict> {
  const { expected, weak, remains } = wrong;
  const measured = { handshake: made.handshake, status: 101 };
  const head = (await viewOf(probe, made))?.head;
  const mended =
    head !== undefined && remains !== undefined && !remains(parseRequest(Buffer.from(head, 'latin1')));
  const blame = mended ? probe.suspect() : await answerer(probe, made);
  const end = probe.ours ? undefined : await endOf(probe, made);
  if (end) {
    if (!(await probe.lives(bystander)))
      return skip('connections end here by themselves, so that one ends tells nothing of its handshake');
    const actual = `101, and then the end (${end.how}${end.code === undefined ? '' : ` ${end.code}`})`;
    return warn(`let in, and then sent away: ${actual}`, {
      measured,
      expected,
      actual,
      blame,
      ...graveness(probe),
    });
  }
  const actual = mended ? 'a hop put it right, and it was accepted' : 'accepted with 101';
  if (weak) return warn(`${actual}: ${weak}`, { measured, expected, actual, blame });
  return fail(expected, actual, { measured, blame });
}

/** Nobody was let in, and that is what counts; between ends of ours it is the fault of a hop that is looked for. */
const graveness = (probe: Probe) => (probe.ours ? {} : { severity: 'low' as const });

/** How a connection ended after its 101; undefined where it goes on, be it in silence. */
async function endOf(probe: Probe, { peer }: Dial): Promise<End | undefined> {
  if (!peer || (await probe.lives(peer))) return undefined;
  return peer.farewell(0);
}

/** What was not accepted may have been one connection too many, and no refusal. Between ends of ours nobody counts. */
async function inDoubt(
  probe: Probe,
  { right }: Wrong,
  { handshake, answer }: Dial,
): Promise<Verdict | undefined> {
  if (probe.ours) return undefined;
  const { status = 0 } = answer ?? {};
  if (status === 429 || status === 503)
    return skip(`answered with ${status}, which says that there are too many requests, and nothing of this`);
  if (handshake === 'refused') return undefined;
  const after = await probe.dial(right);
  await after[Symbol.asyncDispose]();
  if (after.handshake === 'accepted') return undefined;
  return skip(`what was accepted before is not accepted any more: ${told(after)}`);
}

/** Who left it without an answer. */
async function silent(probe: Probe, made: Dial): Promise<string> {
  const seen = await viewOf(probe, made);
  return seen && seen.answer === undefined ? 'origin' : probe.suspect();
}
