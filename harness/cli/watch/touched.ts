import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readWhole } from '../../../proxies/user-file/nginx/include.js';
import type { Directive } from '../../../proxies/user-file/nginx/parse.js';
import { Source } from '../../../proxies/user-file/source.js';
import { entries, units } from '../../catalogue.js';
import type { Flags } from '../command.js';
import type { Io } from '../io.js';
import { find } from '../plan/find.js';
import { SCRIPT } from '../plan/scenarios.js';
import { configFile, configNames } from '../settings/file.js';
import { merge } from '../settings/merge.js';
import type { Settings } from '../settings/table.js';
import { Misuse } from '../trouble.js';
import { importsOf } from './imports.js';

/** What has to be run again when a file changes: these selectors, or everything. */
export type Touch = ReadonlySet<string> | 'everything';

/**
 * The files that a run reads, by absolute path. Some of them need not be there yet, or no longer.
 * @throws {Misuse} for what no edit of a file puts right
 */
export async function touchedBy(args: readonly string[], flags: Flags, io: Io): Promise<Map<string, Touch>> {
  const settings = await settingsOf(flags, io);
  if (settings.keep) throw new Misuse('--watch and --keep do not go together: what is kept waits for Ctrl-C');
  const touched = new Map<string, Touch>();
  const add = (file: string, selector: string) => {
    const known = touched.get(file) ?? new Set();
    if (known !== 'everything') touched.set(file, new Set([...known, selector]));
  };
  const adHoc = args.length === 0 && (settings.via.length > 0 || settings.origin !== undefined);
  const scripts = args.filter((one) => SCRIPT.test(one));
  const ours = entries('scenario');
  const selectors = args.filter((one) => !scripts.includes(one));
  const selected =
    args.length > 0 ? selectors.flatMap((one) => find(ours, one, 'no scenario')) : adHoc ? [] : ours;
  for (const { id, file } of selected) add(file, id);
  for (const script of scripts) {
    for (const file of await importsOf(resolve(io.cwd, script))) add(file, script);
  }
  for (const file of [...(await configs(flags, io)), ...proxyConfigs(settings.via, io.cwd)])
    touched.set(file, 'everything');
  return touched;
}

/** Where the config file is broken, what flags and environment say without it. */
async function settingsOf({ config, watch: _, ...given }: Flags, io: Io): Promise<Settings> {
  const without = merge(given, io.env);
  try {
    return merge(given, io.env, await configFile(io.cwd, config as string | undefined, 'fresh'));
  } catch (fault) {
    if (fault instanceof Misuse) return without;
    throw fault;
  }
}

async function configs({ config }: Flags, { cwd }: Io): Promise<string[]> {
  const places = (config === undefined ? configNames : [config as string]).map((name) => resolve(cwd, name));
  const read = places.find((place) => existsSync(place));
  return [...places, ...(read && SCRIPT.test(read) ? await importsOf(read) : [])];
}

/** Config files of `--via`, with what those of nginx include. */
function proxyConfigs(via: readonly string[], cwd: string): string[] {
  const ours = units('proxies').map(({ id }) => id);
  const files = via
    .filter((one) => !ours.includes(one.split(':')[0]!))
    .map((one) => resolve(cwd, one))
    .filter((path) => !statSync(path, { throwIfNoEntry: false })?.isDirectory());
  return files.flatMap((path) => [path, ...included(path)]);
}

function included(path: string): string[] {
  const below = (directives: readonly Directive[] = []): string[] =>
    directives.flatMap((each) => [
      ...below(each.block),
      ...(each.included ?? []).flatMap(({ source, directives: inner }) => [source.path, ...below(inner)]),
    ]);
  try {
    return below(readWhole(new Source(path, dirname(path))));
  } catch {
    // Not nginx's, or broken: the run says so where it matters.
    return [];
  }
}
