import { relative, resolve } from 'node:path';
import { createAuthority } from '../certificates.js';
import { Collector } from '../collect.js';
import type { Endpoint, Run } from '../model.js';
import { echo } from '../origins/echo.js';
import { Traffic } from '../probe/meter.js';
import { redact } from '../protocol/index.js';
import { compareRuns } from '../run-file.js';
import { run as start, type Task } from '../runner.js';
import { baselineOf } from './audit/baseline.js';
import { auditChecks, profileOf } from './audit/checks.js';
import { auditProgress } from './audit/progress.js';
import { reachOf } from './audit/reach.js';
import { targetOf } from './audit/target.js';
import { endpointUrl, isHere } from './audit/url.js';
import type { Flags } from './command.js';
import { codeOf, outcomeOf } from './exit.js';
import type { Io } from './io.js';
import { ending } from './output/ending.js';
import { paintFor } from './output/paint.js';
import { packageVersion } from './package.js';
import { readRun } from './report.js';
import { wantedReports } from './reporters.js';
import { type AuditSettings, auditTable } from './settings/audit-table.js';
import { configFile, settingsBelow } from './settings/file.js';
import { mergeInto } from './settings/merge.js';
import { Stop } from './stop.js';
import { Misuse, sentenceOf, withStack } from './trouble.js';
import { writeAll } from './write.js';

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
  const checks = await auditChecks(settings);
  const endpoints = await endpointsOf(args, settings, io.cwd);
  const tasks = endpoints.map(({ id, endpoint }): Task => {
    const title = redact(endpoint.url);
    return {
      id,
      endpoint,
      checks,
      scenario: { title, origin: echo(), via: [], checks: Object.keys(checks) },
    };
  });
  const troubles: string[] = [];
  using _ = io.onFault((fault) => {
    if (stop.signal.aborted || (fault instanceof Error && fault.name === 'AbortError')) return;
    troubles.push(`something failed outside of any check: ${withStack(fault, io.env)}`);
  });
  for (const { endpoint } of endpoints) {
    await baselineOf(endpoint, settings.answer, stop.signal).catch((fault: unknown) => {
      if (!stop.received) throw fault;
    });
    if (stop.received) return codeOf(stop.received);
  }

  const of = tasks.length * Object.keys(checks).length;
  const progress = auditProgress(sink, io, paint, { ...settings, of });
  stop.on((signal) => progress.note(`${signal}: stopping (a second one stops at once)`));
  const collector = new Collector(tasks, { name: 'wsgauntlet', version: packageVersion() });
  const traffic = new Traffic(settings.rate);
  try {
    const events = start(tasks, {
      authority: await createAuthority(),
      choose: async () => [],
      signal: stop.signal,
      jobs: 1,
      timeoutMs: 600_000,
      retries: 0,
      patience: { answerMs: settings.answer, idleMs: settings.patience, limitMs: settings.patience },
      taps: false,
      connections: settings.concurrency,
      traffic,
    });
    for await (const event of events) {
      collector.take(event);
      if (event.type === 'finding') progress.finding(event.finding);
      else if (event.type === 'trouble') troubles.push(`${event.scenario}: ${event.message}`);
    }
  } catch (fault) {
    if (!stop.signal.aborted) troubles.push(sentenceOf(fault));
  } finally {
    progress.close();
  }

  const found = collector.run(collector.findings.length < of);
  const run: Run = before ? { ...found, comparison: compareRuns(before, found) } : found;
  const out = resolve(io.cwd, settings.out);
  const { written, faults } = await writeAll(run, out, reports, io.cwd);
  troubles.push(...faults.map(sentenceOf));
  const outcome = outcomeOf(run, settings.failOn, 'auto');
  const lines = ending(run, paint, {
    ...settings,
    columns: sink.columns ?? Number.POSITIVE_INFINITY,
    outcome,
    out: relative(io.cwd, out),
    written,
  });
  sink.write(`${lines.join('\n')}\n`);
  if (settings.json) io.stdout.write(`${JSON.stringify(run)}\n`);
  if (outcome.why !== undefined && !stop.received) troubles.push(outcome.why);
  for (const trouble of troubles) io.stderr.write(`wsgauntlet: ${trouble}\n`);
  if (stop.received) return codeOf(stop.received);
  return outcome.code === 0 && troubles.length > 0 ? 3 : outcome.code;
}

/** The endpoint, and with --compare the other one. @throws {Misuse} */
async function endpointsOf(
  args: readonly string[],
  settings: AuditSettings,
  cwd: string,
): Promise<{ id: string; endpoint: Endpoint }[]> {
  const [given, ...more] = args;
  if (given === undefined || more.length > 0) throw new Misuse('audit takes one URL');
  const named = [
    { id: 'audit', given, what: 'the URL' },
    ...(settings.compare === undefined
      ? []
      : [{ id: 'compare', given: settings.compare, what: '--compare' }]),
  ];
  return Promise.all(
    named.map(async (one) => {
      const { url, credentials } = endpointUrl(one.given, one.what);
      await refuseHarm(url, settings);
      const target = targetOf(url, settings, credentials);
      return { id: one.id, endpoint: { url: url.href, reach: reachOf(url, settings, cwd), target } };
    }),
  );
}

/** Others may be using what is not on this machine. @throws {Misuse} */
async function refuseHarm(url: URL, settings: AuditSettings): Promise<void> {
  const profile = profileOf(settings);
  if (profile === 'safe' || settings.iAmAuthorized) return;
  const host =
    settings.resolve === undefined ? url.hostname : settings.resolve.replace(/^.*:(\[.*\]|[\d.]+)$/, '$1');
  if (settings.via === undefined && (await isHere(host))) return;
  throw new Misuse(
    `--${profile} may harm ${url.host}, which is not on this machine; if you may do that to it, say so with --i-am-authorized`,
  );
}
