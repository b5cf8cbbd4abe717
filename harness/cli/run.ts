import { relative, resolve } from 'node:path';
import { Captures } from '../capture/index.js';
import { createAuthority } from '../certificates.js';
import { chooser } from '../choose.js';
import { Collector } from '../collect.js';
import type { Runtime } from '../model.js';
import { type RunnerOptions, run as start, type Task } from '../runner.js';
import type { Flags } from './command.js';
import { conclude, Troubles } from './conclude.js';
import { outcomeOf } from './exit.js';
import type { Io, Sink } from './io.js';
import { Kept } from './kept.js';
import { Mender } from './mend.js';
import { comparison } from './new-or-worse.js';
import { Board } from './output/board.js';
import { ending } from './output/ending.js';
import { gridProgress } from './output/grid.js';
import { lineProgress } from './output/lines.js';
import { paintFor } from './output/paint.js';
import type { Progress } from './output/progress.js';
import { packageVersion } from './package.js';
import { plan } from './plan/plan.js';
import { refuseUnreachable } from './reach.js';
import { readRun } from './report.js';
import { wantedReports } from './reporters.js';
import { checkPolicy, loadRuntimes } from './runtimes.js';
import { configFile } from './settings/file.js';
import { merge } from './settings/merge.js';
import { refuseStrangers } from './settings/strangers.js';
import type { Settings } from './settings/table.js';
import { Stop } from './stop.js';
import { Misuse, sentenceOf } from './trouble.js';
import { writeAll } from './write.js';

/** Enough for an answer that ought to come at once, on a machine that is busy. */
const ANSWER_MS = 2000;

/** The command `run`: returns the exit code. */
export async function runCommand(args: readonly string[], flags: Flags, io: Io): Promise<number> {
  using stop = new Stop(io);
  const { config, ...given } = flags;
  const file = await configFile(io.cwd, config as string | undefined);
  const settings = merge(given, io.env, file);
  if (settings.timeout !== undefined && settings.timeout <= settings.idle) {
    throw new Misuse('--timeout must be longer than --idle');
  }
  if (settings.capture && settings.taps === false) {
    throw new Misuse('--capture records every segment and --no-taps none of them: leave one out');
  }
  const sink = settings.json ? io.stderr : io.stdout;
  const paint = paintFor(sink, io.env, settings.color);
  const reports = await wantedReports(['html', ...settings.report], io.cwd);
  // A record that cannot be read is said before anything is run.
  const before = settings.baseline === undefined ? undefined : await readRun(settings.baseline, io.cwd);
  const { tasks, notes } = await plan(args, settings, io.cwd);
  await refuseStrangers(given, file, tasks);
  if (settings.origin !== undefined) await refuseUnreachable(settings.origin, stop.signal);
  const board = new Board(tasks);
  const progress = watched(sink, io, settings)
    ? gridProgress(board, sink, paint, settings)
    : lineProgress(board, sink, paint, settings);
  for (const note of notes) progress.note(note);
  const runtimes = await loadRuntimes({
    binaries: settings.binary,
    images: settings.image,
    onProgress: (text) => progress.note(text),
  });
  checkPolicy(settings.runtime, runtimes);

  await using kept = new Kept();
  const collector = new Collector(tasks, { name: 'wsgauntlet', version: packageVersion() });
  using troubles = new Troubles(io, stop);
  const out = resolve(io.cwd, settings.out);
  const mender = new Mender(tasks, (text) => progress.note(text));
  await carryOut(tasks, {
    settings,
    out,
    runtimes,
    stop,
    kept,
    collector,
    mender,
    progress,
    troubles: troubles.said,
  });

  await tellEngines(collector, runtimes);
  const { findings, ofFindings } = board.totals();
  const found = mender.amended(collector.run(findings < ofFindings));
  const run = before ? { ...found, comparison: comparison(before, found) } : found;
  const { written, faults } = await writeAll(run, out, reports, io.cwd);
  troubles.said.push(...faults.map(sentenceOf));
  const outcome = outcomeOf(run, settings.failOn, settings.runtime);
  const lines = ending(run, paint, {
    ...settings,
    columns: sink.columns ?? Number.POSITIVE_INFINITY,
    outcome,
    out: relative(io.cwd, out),
    written,
  });
  const { json, keep } = settings;
  const code = conclude(io, { run, lines, sink, json, outcome, troubles, stop });
  if (keep && !stop.received) await leaveUp(kept, stop, sink);
  return code;
}

interface Work {
  settings: Settings;
  /** Where the record goes. */
  out: string;
  runtimes: readonly Runtime[];
  stop: Stop;
  kept: Kept;
  collector: Collector;
  mender: Mender;
  progress: Progress;
  /** What of our own goes wrong, as sentences. */
  troubles: string[];
}

async function carryOut(tasks: readonly Task[], work: Work): Promise<void> {
  const { settings, stop, collector, mender, progress, troubles } = work;
  stop.on((signal) => progress.note(`${signal}: stopping (a second one stops at once)`));
  let options: RunnerOptions | undefined;
  try {
    options = await optionsOf(work);
    for await (const event of start(tasks, options)) {
      collector.take(event);
      if (event.type === 'finding') progress.finding(event.finding);
      else if (event.type === 'opened') progress.opened(event.scenario);
      else if (event.type === 'trouble') troubles.push(`${event.scenario}: ${event.message}`);
    }
  } catch (fault) {
    if (!stop.signal.aborted) troubles.push(sentenceOf(fault));
  }
  try {
    await mender.find(collector.findings);
    if (settings.prove && options && !stop.signal.aborted) await mender.prove(collector.findings, options);
  } finally {
    progress.close();
  }
}

async function optionsOf({ settings, out, runtimes, stop, kept }: Work): Promise<RunnerOptions> {
  return {
    authority: await createAuthority(),
    choose: chooser(runtimes, settings.runtime),
    signal: stop.signal,
    jobs: settings.jobs,
    // Some checks watch two silences, one after the other.
    timeoutMs: settings.timeout ?? Math.max(30_000, 3 * settings.idle + 10_000),
    retries: settings.retries,
    patience: { answerMs: ANSWER_MS, idleMs: settings.idle, limitMs: settings.idle },
    ...(settings.origin !== undefined && { origin: settings.origin }),
    ...(settings.taps !== undefined && { taps: settings.taps }),
    ...(settings.capture && { capture: new Captures(out).of }),
    ...(settings.keep && { keep: kept.keep }),
  };
}

/** Adds to the record the versions of those engines that ran something. */
async function tellEngines(collector: Collector, runtimes: readonly Runtime[]): Promise<void> {
  const used = [...collector.places.values()].flatMap(({ hops }) => hops.map(({ runtime }) => runtime));
  for (const { name, engine } of runtimes) {
    if (!engine || !used.some((one) => one?.startsWith(name))) continue;
    const version = await engine().catch(() => undefined);
    if (version !== undefined) collector.environment[name] = version;
  }
}

/** A grid where somebody watches. */
function watched(sink: Sink, { env }: Io, { quiet }: Settings): boolean {
  return sink.isTTY === true && !quiet && !env.CI && env.TERM !== 'dumb';
}

async function leaveUp(kept: Kept, stop: Stop, sink: Sink): Promise<void> {
  sink.write(`\nLeft up until Ctrl-C:\n${kept.lines().join('\n')}\n`);
  const alive = setInterval(() => {}, 60_000);
  await stop.wanted();
  clearInterval(alive);
}
