import { relative, resolve } from 'node:path';
import { createAuthority } from '../certificates.js';
import { Collector } from '../collect.js';
import type { Acquaintance, Run } from '../model.js';
import { Traffic } from '../probe/meter.js';
import { redact } from '../protocol/index.js';
import type { RunnerOptions } from '../runner.js';
import { tellAcceptances } from './accept.js';
import { baselineOf } from './audit/baseline.js';
import { carryOut } from './audit/carry-out.js';
import { profileOf } from './audit/checks.js';
import { differences, differencesTold } from './audit/differences.js';
import { type AuditPlan, planAudit } from './audit/plan.js';
import { auditProgress } from './audit/progress.js';
import { auditRecord } from './audit/record.js';
import type { Flags } from './command.js';
import { conclude, Troubles } from './conclude.js';
import { codeOf, outcomeOf } from './exit.js';
import type { Io } from './io.js';
import { comparison, newOrWorse } from './new-or-worse.js';
import { auditEnding } from './output/audit.js';
import { paintFor } from './output/paint.js';
import { packageVersion } from './package.js';
import { readRun } from './report.js';
import { wantedReports } from './reporters.js';
import { type AuditSettings, auditTable } from './settings/audit-table.js';
import { configFile, settingsBelow } from './settings/file.js';
import { mergeInto } from './settings/merge.js';
import { Stop } from './stop.js';
import { sentenceOf } from './trouble.js';
import { writeAll } from './write.js';

/** Every check has its own deadline. */
const MOST_MS = 600_000;

/** The command `audit`: returns the exit code. */
export async function auditCommand(args: readonly string[], flags: Flags, io: Io): Promise<number> {
  using stop = new Stop(io);
  const { config, ...given } = flags;
  const file = settingsBelow('audit', await configFile(io.cwd, config as string | undefined));
  const settings = mergeInto(auditTable, { prefix: 'WSGAUNTLET_AUDIT_', others: [] }, given, io.env, file);
  const sink = settings.json ? io.stderr : io.stdout;
  const paint = paintFor(sink, io.env, settings.color);
  const reports = await wantedReports(['html', ...settings.report], io.cwd);
  const before = settings.baseline === undefined ? undefined : await readRun(settings.baseline, io.cwd);
  const plan = await planAudit(args, settings, io.cwd);
  const { tasks } = plan;
  using troubles = new Troubles(io, stop);
  const met = await meetAll(plan, settings, stop);
  if (!met) return codeOf(stop.received!);

  const of = tasks.reduce((sum, { checks }) => sum + Object.keys(checks).length, 0);
  const traffic = new Traffic(settings.rate);
  const options = await optionsOf(plan, settings, stop, traffic);
  const progress = auditProgress(sink, io, { ...settings, of });
  stop.on((signal) => progress.note(`${signal}: stopping (a second one stops at once)`));
  const collector = new Collector(tasks, { name: 'wsgauntlet', version: packageVersion() });
  await carryOut(tasks, options, { collector, progress, said: troubles.said });

  const bare = collector.run(collector.findings.length < of);
  const [here, there] = tasks;
  const differ = there ? differences(bare, here!.id, there.id) : [];
  const audit = auditRecord(settings, here!.endpoint, met[0]!, traffic);
  const compared = there && { url: redact(there.endpoint.url), differs: differ.map((one) => one.here.check) };
  const found: Run = { ...bare, audit: { ...audit, ...(compared && { compared }) } };
  const run: Run = before ? { ...found, comparison: comparison(before, found) } : found;
  const out = resolve(io.cwd, settings.out);
  const { written, faults } = await writeAll(run, out, reports, io.cwd);
  troubles.said.push(...faults.map(sentenceOf));
  const only = before && newOrWorse(before, run);
  const outcome = outcomeOf(run, settings.failOn, 'auto', only);
  const lines = auditEnding(run, paint, {
    ...settings,
    columns: sink.columns ?? Number.POSITIVE_INFINITY,
    outcome,
    out: relative(io.cwd, out),
    written,
    ...(only && { only }),
    notes: notesOf(run, plan),
  });
  const sides = there && !settings.quiet ? ['', ...differencesTold(run, differ, paint)] : [];
  const { json } = settings;
  return conclude(io, { run, lines: [...lines, ...sides], sink, json, outcome, troubles, stop });
}

/** The baselines, without which nothing is judged; undefined where a signal came. */
async function meetAll(
  { tasks }: AuditPlan,
  settings: AuditSettings,
  stop: Stop,
): Promise<Acquaintance[] | undefined> {
  try {
    return await Promise.all(tasks.map(({ endpoint }) => baselineOf(endpoint, settings.answer, stop.signal)));
  } catch (fault) {
    if (stop.received) return undefined;
    throw fault;
  }
}

async function optionsOf(
  { tasks }: AuditPlan,
  settings: AuditSettings,
  { signal }: Stop,
  traffic: Traffic,
): Promise<RunnerOptions> {
  const { answer, patience, concurrency } = settings;
  return {
    authority: await createAuthority(),
    choose: async () => [],
    signal,
    // Two URLs may lead to one server: what loads it is not tried there twice at once.
    jobs: profileOf(settings) === 'safe' ? tasks.length : 1,
    timeoutMs: MOST_MS,
    retries: 0,
    patience: { answerMs: answer, idleMs: patience, limitMs: patience },
    taps: false,
    ...(concurrency !== undefined && { connections: Math.floor(concurrency / tasks.length) }),
    traffic,
  };
}

/** What is to be said of acceptances that count no longer. */
function notesOf(run: Run, { tasks, accepted }: AuditPlan): string[] {
  const urls = Object.fromEntries(tasks.map(({ id, endpoint }) => [id, endpoint.url]));
  return tellAcceptances(accepted, run, urls);
}
