import { fileURLToPath } from 'node:url';
import { createAuthority } from '../certificates.js';
import { commandClient } from '../lures/index.js';
import type { Check, Client, Finding, Outcome } from '../model.js';
import { echo } from '../origins/echo.js';
import { run } from '../runner.js';
import inProcess from '../runtimes/in-process.js';
import { luredClient } from './lured-client.js';
import type { LuredSin } from './lured-sins.js';

/** A client to try a check against: `sins` are those of ours, as a program where that is said. */
export interface ClientControl {
  sins?: readonly LuredSin[];
  program?: boolean;
  /** Another client instead. */
  client?: () => Client;
}

/** What a check of clients passes, and what it catches: `x.controls.ts` beside `x.check.ts`, as its default export. */
export interface ClientControls {
  /** The sound client of ours when absent; a program where the careless one is. */
  sound?: ClientControl;
  passes?: Outcome;
  careless: ClientControl;
  caught?: Outcome;
}

const authority = createAuthority();
const PROGRAM = fileURLToPath(new URL('./lured-program.ts', import.meta.url));

export const nameOf = ({ sins = [], program, client }: ClientControl): string => {
  const name = client ? client().name : luredClient(sins).name;
  return program ? `${name} (program)` : name;
};

/** What a check says of a client. */
export async function tryOn(check: Check, { sins = [], program, client }: ClientControl): Promise<Finding> {
  const { ca } = await authority;
  await using command = program
    ? await commandClient({
        argv: [process.execPath, '--import=tsx', PROGRAM, '{url}', ...sins],
        cwd: fileURLToPath(new URL('../..', import.meta.url)),
        env: process.env,
        ca,
        atOnce: 2,
        startMs: 20_000,
      })
    : undefined;
  const scenario = {
    title: 'control',
    origin: echo(),
    via: [],
    checks: ['check'],
    client: command ?? client?.() ?? luredClient(sins),
  };
  const events = run([{ id: 'control', scenario, checks: { check } }], {
    authority: await authority,
    choose: async () => [inProcess()],
    signal: new AbortController().signal,
    jobs: 1,
    timeoutMs: 60_000,
    retries: 0,
    patience: { answerMs: 1000, idleMs: 1500, limitMs: 2500 },
    taps: false,
  });
  let finding: Finding | undefined;
  for await (const event of events) if (event.type === 'finding') finding = event.finding;
  if (!finding) throw new Error('the runner yielded no finding');
  return finding;
}
