import { createAuthority } from '../certificates.js';
import { type Choose, ScenarioLab } from '../lab.js';
import type { Check, Endpoint, Finding, Intermediary, Origin, Outcome, Patience, Target } from '../model.js';
import { echo } from '../origins/echo.js';
import { run } from '../runner.js';
import inProcess from '../runtimes/in-process.js';
import process from '../runtimes/process.js';

/** A server to try a check of endpoints against, and how it is talked to. */
export interface Control {
  origin: Origin;
  via?: readonly Intermediary[];
  target?: Partial<Target>;
  patience?: Partial<Patience>;
  /** How a user names and reaches it, where that is not the address that it listens at. */
  named?(endpoint: Endpoint): Endpoint;
}

/** What a check of endpoints passes, and what it catches: `x.controls.ts` beside `x.check.ts`, as its default export. */
export interface Controls {
  /** The echo origin when absent. */
  sound?: Control;
  /** `pass` when absent; `info` for a check that only measures. */
  passes?: Outcome;
  careless: Control;
  /** `fail` when absent. */
  caught?: Outcome;
}

export const SOUND: Control = { origin: echo() };

const authority = createAuthority();
const signal = new AbortController().signal;
const [embedded, processes] = [inProcess(), process()];
/** Real programs stand before a control where a test asks for them. */
const choose: Choose = async (program) => [program.embed ? embedded : processes];

/** What a check says of a server that is not ours as far as it can tell: as `audit` would have it. */
export async function tryAt(check: Check, control: Control): Promise<Finding> {
  const { origin, via = [], target, patience } = control;
  const options = { authority: await authority, choose, signal };
  await using lab = new ScenarioLab({ ...options, taps: false });
  const { route } = await lab.open(origin, via);
  const { url, ...reach } = route;
  const plainly: Endpoint = {
    url,
    reach,
    target: { path: '/echo', headers: [], allowedOrigins: [], subprotocols: [], ...target },
  };
  const endpoint = control.named?.(plainly) ?? plainly;
  const scenario = { title: 'control', origin, via: [], checks: ['check'] };
  const events = run([{ id: 'control', scenario, checks: { check }, endpoint }], {
    ...options,
    jobs: 1,
    timeoutMs: 30_000,
    retries: 0,
    patience: { answerMs: 1000, idleMs: 1500, limitMs: 2000, ...patience },
  });
  let finding: Finding | undefined;
  for await (const event of events) if (event.type === 'finding') finding = event.finding;
  if (!finding) throw new Error('the runner yielded no finding');
  return finding;
}
