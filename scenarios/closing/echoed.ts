import type { Probe, Verdict } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { endTold } from '../judging/end.js';
import { answerTo, closing } from './answered.js';

/** Judges that a right Close is answered by one, with the same code. */
export async function answersWithSame(
  probe: Probe,
  closes: readonly { code?: number; reason?: string }[],
): Promise<Verdict> {
  const [bystander, ...peers] = await Promise.all([probe.meet(), ...closes.map(() => probe.meet())]);
  const answers = await Promise.all(
    closes.map(({ code, reason }, i) => answerTo(probe, peers[i]!, closing(code, reason))),
  );
  if (!(await probe.lives(bystander!))) return skip('connections end here by themselves');
  const said = new Set<string>();
  const others: string[] = [];
  for (const [i, { code }] of closes.entries()) {
    const answer = answers[i];
    const what = code === undefined ? 'a Close without a body' : `a Close with ${code}`;
    const expected = `${what} in answer`;
    const blame = probe.suspect();
    if (!answer) return fail(expected, `${what} was not answered`, { blame });
    if (answer.end.how !== 'close')
      return fail(expected, `${what} was answered by ${endTold(answer.end)} alone`, { blame });
    // 1000 says no more than nothing does.
    const same = answer.code === code || (code === undefined && answer.code === 1000);
    if (same) said.add(String(answer.code ?? 'no code'));
    else others.push(`${what} was answered by one with ${answer.code ?? 'no code'}`);
  }
  if (others.length > 0)
    return warn(others.join('; '), { expected: 'the same code in answer', actual: others[0]! });
  return pass(`answered with ${[...said].join(', ')}`);
}
