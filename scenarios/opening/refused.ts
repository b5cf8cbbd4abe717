import type { Dial, DialOptions, Probe, Verdict } from '../../harness/model.js';
import { parseRequest, type RequestHead } from '../../harness/protocol/index.js';
import { fail, pass, warn } from '../../harness/verdict.js';
import { answerer, told, viewOf } from './told.js';

export interface Wrong {
  options: DialOptions;
  /** What a right answer is, in words. */
  expected: string;
  /** Whether the thing that is wrong was still so when the request came to the origin. */
  remains(head: RequestHead): boolean;
}

/**
 * Judges that a handshake with one thing wrong is refused, where the same with that put right is accepted (where it
 * is not, the check is skipped). What the answer has to carry besides is for the caller to say of a pass.
 */
export async function mustRefuse(probe: Probe, wrong: Wrong): Promise<{ verdict: Verdict; made: Dial }> {
  await probe.raw();
  const made = await probe.dial(wrong.options);
  return { made, verdict: await judge(probe, wrong, made) };
}

async function judge(probe: Probe, { expected, remains }: Wrong, made: Dial): Promise<Verdict> {
  const { handshake, answer } = made;
  const status = answer?.status ?? 0;
  const measured = { handshake, ...(answer && { status }) };
  if (handshake === 'accepted') {
    const head = (await viewOf(probe, made))?.head;
    const mended = head !== undefined && !remains(parseRequest(Buffer.from(head, 'latin1')));
    const actual = mended ? 'a hop put it right, and it was accepted' : 'accepted with 101';
    return fail(expected, actual, {
      measured,
      blame: mended ? probe.suspect() : await answerer(probe, made),
    });
  }
  if (handshake === 'no-answer') {
    return fail(expected, told(made), { measured, blame: await silent(probe, made) });
  }
  const by = await answerer(probe, made);
  if (handshake === 'reset')
    return warn('the connection was ended without an answer', { measured, expected });
  if (status < 400 || status > 499) {
    return warn(`not accepted, but ${told(made)} by ${by}`, {
      measured,
      expected,
      actual: told(made),
      blame: by,
    });
  }
  return pass(`${told(made)} by ${by}`, { measured: { ...measured, refusedBy: by } });
}

/** Who left it without an answer. */
async function silent(probe: Probe, made: Dial): Promise<string> {
  const seen = await viewOf(probe, made);
  return seen && seen.answer === undefined ? 'origin' : probe.suspect();
}
