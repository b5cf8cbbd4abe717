import { relative, resolve } from 'node:path';
import { createAuthority } from '../certificates.js';
import { Collector } from '../collect.js';
import { commandClient } from '../lures/index.js';
import type { Run } from '../model.js';
import { echo } from '../origins/echo.js';
import { redact, show } from '../protocol/index.js';
import type { RunnerOptions, Task } from '../runner.js';
import inProcess from '../runtimes/in-process.js';
import { sweepFolders } from '../runtimes/process/sweep.js';
import { carryOut } from './audit/carry-out.js';
import { auditProgress } from './audit/progress.js';
import { baselineTold, clientBaseline } from './audit-client/baseline.js';
import { clientChecks } from './audit-client/checks.js';
import type { Flags } from './command.js';
import { conclude, Troubles } from './conclude.js';
import { codeOf, outcomeOf } from './exit.js';
import type { Io } from './io.js';
import { auditEnding } from './output/audit.js';
import { paintFor } from './output/paint.js';
import { packageVersion } from './package.js';
import { wantedReports } from './reporters.js';
import { auditClientTable } from './settings/audit-client-table.js';
import { configFile, settingsBelow } from './settings/file.js';
import { mergeInto } from './settings/merge.js';
import { Stop } from './stop.js';
import { Misuse, sentenceOf } from './trouble.js';
import { writeAll } from './write.js';

/** Every lure has bounds of its own. */
const MOST_MS = 900_000;

/** The command `audit-client`: returns the exit code. */
export async function auditClientCommand(argv: readonly string[], flags: Flags, io: Io): Promise<number> {
  using stop = new Stop(io);
  const { config, ...given } = flags;
  const file = settingsBelow('auditClient', await configFile(io.cwd, config as string | undefined));
  const ways = { prefix: 'WSGAUNTLET_AUDIT_CLIENT_', others: [] };
  const settings = mergeInto(auditClientTable, ways, given, io.env, file);
  if (argv.length === 0) {
    throw new Misuse(
      'audit-client takes the command that starts your client: audit-client -- node client.js {url}',
    );
  }
  const sink = settings.json ? io.stderr : io.stdout;
  const paint = paintFor(sink, io.env, settings.color);
  const reports = await wantedReports(['html', ...settings.report], io.cwd);
  const checks = await clientChecks(settings);
  await sweepFolders();
  const authority = await createAuthority();
  await using client = await commandClient({
    argv,
    cwd: io.cwd,
    env: io.env,
    ca: authority.ca,
    atOnce: settings.jobs,
    reconnects: settings.reconnects,
    startMs: settings.timeout,
  });
  const title = redact(argv.map((word) => show(word, 200)).join(' '));
  const scenario = {
    title,
    origin: { ...echo(), title: 'a hostile server' },
    via: [],
    client,
    checks: Object.keys(checks),
  };
  const tasks: Task[] = [{ id: 'client', scenario, checks }];
  using troubles = new Troubles(io, stop);
  const trapper = {
    client,
    authority,
    signal: stop.signal,
    note() {},
    answerMs: settings.answer,
    startMs: settings.timeout,
  };
  const of = Object.keys(checks).length;
  let habits: string[];
  try {
    habits = baselineTold(await clientBaseline(trapper));
  } catch (fault) {
    if (stop.received) return codeOf(stop.received);
    throw fault;
  }
  const options: RunnerOptions = {
    authority,
    choose: async () => [inProcess()],
    signal: stop.signal,
    jobs: 1,
    timeoutMs: MOST_MS,
    retries: 0,
    patience: { answerMs: settings.answer, idleMs: settings.patience, limitMs: settings.patience },
    taps: false,
  };
  const progress = auditProgress(sink, io, { ...settings, of });
  for (const line of habits) progress.note(line);
  stop.on((signal) => progress.note(`${signal}: stopping (a second one stops at once)`));
  const collector = new Collector(tasks, { name: 'wsgauntlet', version: packageVersion() });
  await carryOut(tasks, options, { collector, progress, said: troubles.said });
  const run: Run = {
    ...collector.run(collector.findings.length < of),
    audit: { url: title, profile: 'safe', baseline: habits.join('; ') },
  };
  const out = resolve(io.cwd, settings.out);
  const { written, faults } = await writeAll(run, out, reports, io.cwd);
  troubles.said.push(...faults.map(sentenceOf));
  const outcome = outcomeOf(run, settings.failOn, 'auto');
  const lines = auditEnding(run, paint, {
    ...settings,
    columns: sink.columns ?? Number.POSITIVE_INFINITY,
    outcome,
    out: relative(io.cwd, out),
    written,
  });
  return conclude(io, { run, lines, sink, json: settings.json, outcome, troubles, stop });
}
