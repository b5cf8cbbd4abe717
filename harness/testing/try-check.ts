import { createAuthority } from '../certificates.js';
import { type Choose, Refusal } from '../lab.js';
import type { Check, Client, Finding, Intermediary, Origin, Patience, Program, Runtime } from '../model.js';
import { run } from '../runner.js';
import inProcess from '../runtimes/in-process.js';

/** Where a check is tried: what stands there, and who asks. */
export interface Subject {
  origin: Origin;
  via?: readonly Intermediary[];
  /** The client under test, where the check judges a client. */
  client?: Client;
  patience?: Partial<Patience>;
  /** Runtimes in order of preference; in-process when absent. */
  runtimes?: readonly Runtime[];
}

const authority = createAuthority();

/** What a check says of a subject, as the runner would report it: the tester's tool. */
export async function tryCheck(check: Check, subject: Subject): Promise<Finding> {
  const runtimes = subject.runtimes ?? [inProcess()];
  const choose: Choose = async (program: Program) => {
    const refusals: string[] = [];
    for (const runtime of runtimes) {
      const refusal = await runtime.refuses(program);
      if (refusal === undefined) return [runtime];
      refusals.push(refusal);
    }
    throw new Refusal(refusals.join('; '));
  };
  const scenario = {
    title: 'subject',
    origin: subject.origin,
    via: subject.via ?? [],
    checks: ['check'],
    ...(subject.client && { client: subject.client }),
  };
  const events = run([{ id: 'subject', scenario, checks: { check } }], {
    authority: await authority,
    choose,
    signal: new AbortController().signal,
    jobs: 1,
    timeoutMs: 20_000,
    retries: 0,
    patience: { answerMs: 1000, idleMs: 1500, limitMs: 1500, ...subject.patience },
  });
  let finding: Finding | undefined;
  for await (const event of events) if (event.type === 'finding') finding = event.finding;
  if (!finding) throw new Error('the runner yielded no finding');
  return finding;
}
