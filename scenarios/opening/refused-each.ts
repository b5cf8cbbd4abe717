import type { Probe, Verdict } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { judge, type Wrong } from './refused.js';

/** One of several handshakes with the same kind of thing wrong; `name` is how messages call it: `version 7`. */
export type Named = Wrong & { name: string };

/** Judges that each of them is refused. The worst is said, of all for which it holds; `right` is that of the first. */
export async function mustRefuseEach(probe: Probe, wrongs: readonly Named[]): Promise<Verdict> {
  const bystander = await probe.meet(wrongs[0]?.right);
  const said: (readonly [name: string, verdict: Verdict])[] = [];
  for (const wrong of wrongs) {
    const made = await probe.dial(wrong.options);
    said.push([wrong.name, await judge(probe, wrong, made, bystander)]);
    await made[Symbol.asyncDispose]();
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
  const [worst] = failed.length > 0 ? failed : warned;
  const blame = worst?.[1].blame;
  const extras = { measured, ...(blame !== undefined && { blame }) };
  if (failed.length > 0) {
    // One that is graver than the rest counts.
    const lighter = failed.every(([, verdict]) => verdict.severity !== undefined);
    const severity = lighter ? failed[0]![1].severity : undefined;
    const expected = [...new Set(failed.map(([, verdict]) => verdict.expected ?? ''))].join('; ');
    return fail(expected, words(failed), { ...extras, ...(severity && { severity }) });
  }
  if (warned.length > 0) return warn(words(warned), extras);
  if (skipped.length > 0) return skip(words(skipped));
  return pass(words(said), extras);
}
