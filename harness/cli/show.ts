import { relative } from 'node:path';
import type { Flags } from './command.js';
import type { Io } from './io.js';
import { readRun } from './report.js';
import { wantedReports } from './reporters.js';
import { configFile } from './settings/file.js';
import { merge } from './settings/merge.js';
import { whole } from './settings/read.js';
import { browse } from './show/browse.js';
import { newestRecord } from './show/newest.js';
import { serveReport } from './show/serve.js';
import { Stop } from './stop.js';
import { Misuse } from './trouble.js';

/** The command `show`: serves a report until a signal comes, which is how it is meant to end. */
export async function showCommand(given: string | undefined, flags: Flags, io: Io): Promise<number> {
  using stop = new Stop(io);
  const port = whole(0)(flags.port ?? 0, '--port');
  if (port > 65_535) throw new Misuse(`--port must be at most 65535, and is ${port}`);
  const record = newestRecord(given ?? (await outFolder(flags, io)), io.cwd);
  // A record that cannot be read is said here, and not in the browser.
  await readRun(record, io.cwd);
  const [html] = await wantedReports(['html'], io.cwd);
  const render = async () => html!.reporter.render(await readRun(record, io.cwd));
  await using shown = await serveReport(record, render, port);
  io.stdout.write(`${relative(io.cwd, record) || record} is at ${shown.url} until Ctrl-C\n`);
  if (flags.open !== false) browse(shown.url, io.env);
  await stop.wanted();
  return 0;
}

/** Where runs of this folder put their reports. */
async function outFolder({ out, config }: Flags, io: Io): Promise<string> {
  const file = await configFile(io.cwd, config as string | undefined);
  return merge(out === undefined ? {} : { out }, io.env, file).out;
}
