import type { Probe, Verdict } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { judge, type Wrong } from './refused.js';

/** One of several handshakes with the same kind of thing wrong; `name` is how messages call it: `version 7`. */
export type Named = Wrong & { name: string };

/** Handshakes that are made at once: with the bystander, as many connections as a check has open by default. */
const AT_ONCE = 3;

/** Judges that each of them is refused. The worst is said, of all for which it holds; `right` is that of the first. */
export async function mustRefuseEach(probe: Probe, wrongs: readonly Named[]): Promise<Verdict> {
  const bystander = await probe.meet(wrongs[0]?.right);
  const said: (readonly [name: string, verdict: Verdict])[] = [];
  for (let from = 0; from < wrongs.length; from += AT_ONCE) {
    const some = wrongs.slice(from, from + AT_ONCE);
    const tried = await Promise.all(some.map(({ options }) => probe.dial(options)));
    // What was not accepted has said all that it will.
    for (const made of tried) if (made.handshake !== 'accepted') await made[Symbol.asyncDispose]();
    for (const [index, made] of tried.entries()) {
      const wrong = some[index]!;
      said.push([wrong.name, await judge(probe, wrong, made, bystander)]);
      await made[Symbol.asyncDispose]();
    }
  }
  return together(said);
}

/** One verdict of several, each for something of that name. */
export function together(said: readonly (readonly [name: string, verdict: Verdict])[]): Verdict {
  const those = (outcome: Verdict['outcome']) => said.filter(([, verdict]) => verdict.outcome === outcome);
  const [failed, warned, skipped] = [those('fail'), those('warn'), those('skip')];
  const words = (some: typeof said) => some.map(([name, { message }]) => `${name}: ${message}`).join('; ');
  const measured = {
    tried: said.length,
    accepted: said.filter(([, verdict]) => verdict.measured?.handshake === 'accepted').length,
  };
  const worst = failed.length > 0 ? failed : warned;
  const blame = worst[0]?.[1].blame;
  // One that is graver than the rest counts.
  const severity = worst.every(([, verdict]) => verdict.severity !== undefined) && worst[0]?.[1].severity;
  const extras = { measured, ...(blame !== undefined && { blame }), ...(severity && { severity }) };
  if (failed.length > 0) {
    const expected = [...new Set(failed.map(([, verdict]) => verdict.expected ?? ''))].join('; ');
    return fail(expected, words(failed), extras);
  }
  if (warned.length > 0) return warn(words(warned), extras);
  if (skipped.length > 0) return skip(words(skipped));
  return pass(words(said), extras);
}
