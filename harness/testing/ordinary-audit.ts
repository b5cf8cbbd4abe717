import type { Test } from 'tap';
import { entries, load } from '../catalogue.js';
import { createAuthority } from '../certificates.js';
import { ScenarioLab } from '../lab.js';
import type { Check, Finding } from '../model.js';
import { run } from '../runner.js';
import inProcess from '../runtimes/in-process.js';
import processes from '../runtimes/process.js';
import type { Ordinary } from './ordinary.js';

/** What is grave and holds: a test shows it by hand. */
const HOLDS: Readonly<Record<string, RegExp>> = {
  websocket: /^(?:masking\/(?:binary|close|continuation|ping|text)|framing\/unmasked-request)$/,
};
const GRAVE = ['high', 'critical'];

const authority = await createAuthority();
const { signal } = new AbortController();
const checks: Record<string, Check> = {};
for (const entry of entries('check')) {
  const check = await load<Check>(entry);
  if (check.judges === 'endpoint' || check.judges === 'either') checks[entry.id] = check;
}

/** All that an audit with all its profiles finds there. */
async function audited({ origin, via, path }: Ordinary): Promise<Finding[]> {
  const options = {
    authority,
    choose: async (program: { embed?: unknown }) => [program.embed ? inProcess() : processes()],
    signal,
    taps: false,
  };
  await using lab = new ScenarioLab(options);
  const { route } = await lab.open(origin, via);
  const { url, ...reach } = route;
  const target = { path, headers: [], allowedOrigins: [], subprotocols: [] };
  const scenario = { title: 'ordinary', origin, via: [], checks: ['all'] };
  const findings: Finding[] = [];
  const events = run([{ id: 'ordinary', scenario, checks, endpoint: { url, reach, target } }], {
    ...options,
    jobs: 1,
    timeoutMs: 120_000,
    retries: 0,
    patience: { answerMs: 2000, idleMs: 3000, limitMs: 3000 },
  });
  for await (const event of events) if (event.type === 'finding') findings.push(event.finding);
  return findings;
}

/** Tries all checks there, and demands that none finds anything grave that does not hold. */
export async function nothingGrave(t: Test, name: string, server: Ordinary): Promise<void> {
  const findings = await audited(server);
  t.equal(findings.length, Object.keys(checks).length);
  let told = 0;
  for (const { check, outcome, message, severity = checks[check]!.severity } of findings) {
    t.not(outcome, 'error', `${check}: ${message}`);
    if (outcome === 'pass' || outcome === 'fail') told++;
    if (outcome !== 'fail' && outcome !== 'warn') continue;
    t.comment(`${outcome} ${severity} ${check}: ${message}`);
    if (GRAVE.includes(severity)) t.match(check, HOLDS[name] ?? /^$/, `${check}: ${message}`);
  }
  t.ok(told > 80, `${told} of ${findings.length} were told`);
}
