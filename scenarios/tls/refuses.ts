import type { Probe, Severity, Verdict } from '../../harness/model.js';
import { fail, pass, warn } from '../../harness/verdict.js';
import type { HelloOptions } from './client-hello.js';
import { type Greeting, greet, onlyNewest, ungreeted } from './greet.js';
import { nameOf, numbersOf, ORDINARY } from './suites.js';

export interface Weakness {
  /** What is offered, and nothing else of its kind. */
  offer: Omit<HelloOptions, 'name'>;
  /** In words: `cipher suites without encryption`. */
  what: string;
  /** What was taken of it, if anything. */
  taken(greeting: Greeting): string | undefined;
  /** `fail` when absent. */
  verdict?: 'warn';
  severity?: Severity;
}

/** Whether a server that answers an ordinary ClientHello refuses one that differs in what it offers. */
export async function refuses(probe: Probe, weakness: Weakness): Promise<Verdict> {
  const { offer, what, taken, verdict, severity } = weakness;
  const not = await ungreeted(probe);
  if (not) return not;
  if (await onlyNewest(probe)) return pass('TLS 1.3 alone is taken, which has nothing of the kind');
  const met = await greet(probe, offer);
  const blame = probe.suspect();
  const unclear = { blame, severity: 'info' } as const;
  const weak = taken(met);
  if (weak !== undefined) {
    const extras = { blame, measured: { taken: weak }, ...(severity && { severity }) };
    if (verdict === 'warn')
      return warn(`${weak} taken`, { ...extras, expected: `${what} refused`, actual: `${weak} taken` });
    return fail(`${what} refused`, `${weak} taken`, extras);
  }
  if (met.outcome === 'silent')
    return warn(`no answer to a ClientHello that offers ${what}, and no end`, unclear);
  if (met.outcome === 'foreign') return warn(`${what}: ${met.told}`, unclear);
  if (met.outcome === 'closed') {
    // Whether it was closed over what was offered shows by the ordinary one, once more.
    const again = await greet(probe, { suites: numbersOf(ORDINARY) });
    if (again.outcome !== 'hello')
      return warn(`${met.told}, and now an ordinary one is met with: ${again.told}`, unclear);
  }
  return pass(met.outcome === 'hello' ? `${what} not taken` : `${what} refused: ${met.told}`);
}

/** Whether suites of that kind are refused, where nothing else is offered. */
export const refusesSuites = (
  probe: Probe,
  weakness: Pick<Weakness, 'what' | 'verdict' | 'severity'> & { suites: readonly number[] },
): Promise<Verdict> => {
  const { suites, ...rest } = weakness;
  const offer = { suites };
  const taken = ({ hello }: Greeting) =>
    hello && suites.includes(hello.suite) ? nameOf(hello.suite) : undefined;
  return refuses(probe, { ...rest, offer, taken });
};
