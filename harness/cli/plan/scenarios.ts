import { existsSync, statSync } from 'node:fs';
import { basename, isAbsolute, relative, resolve } from 'node:path';
import { type Entry, entries, load } from '../../catalogue.js';
import type { Scenario } from '../../model.js';
import { Misuse } from '../trouble.js';
import { loadDefault } from '../user/load.js';
import { scenarioOf } from '../user/shape.js';
import { find } from './find.js';

export interface Selected {
  id: string;
  scenario: Scenario;
  /** What messages call it: a file of the user's, or the id of one of ours. */
  name: string;
}

/** The scenarios that selectors and files name; all of ours where none is named. @throws {Misuse} */
export async function selectScenarios(given: readonly string[], cwd: string): Promise<Selected[]> {
  const ours = entries('scenario');
  const selectors = given.filter((one) => !isFile(one, cwd));
  const entriesWanted =
    given.length === 0 ? ours : selectors.flatMap((one) => find(ours, one, 'no scenario'));
  const files = given.filter((one) => isFile(one, cwd)).map((one) => resolve(cwd, one));
  const found = [
    ...(await Promise.all([...new Set(entriesWanted)].map(ourOwn))),
    ...(await Promise.all([...new Set(files)].map((path) => theirs(path, cwd)))),
  ];
  const twice = found.find(({ id }, i) => found.findIndex((other) => other.id === id) !== i);
  if (twice) throw new Misuse(`two of the scenarios are called "${twice.id}": rename the file ${twice.name}`);
  return found;
}

/** What a file of a user's scenario is called. */
export const SCRIPT = /\.(?:ts|mts|js|mjs)$/;

function isFile(given: string, cwd: string): boolean {
  const path = resolve(cwd, given);
  if (existsSync(path) && statSync(path).isFile()) {
    if (SCRIPT.test(given)) return true;
    throw new Misuse(
      `${given} is not a scenario: give a .ts, .mts, .js or .mjs file, or put a proxy's config file behind --via`,
    );
  }
  if (SCRIPT.test(given) || isAbsolute(given) || given.startsWith('.')) {
    throw new Misuse(`there is no file ${given}`);
  }
  return false;
}

async function ourOwn(entry: Entry): Promise<Selected> {
  return { id: entry.id, scenario: scenarioOf(await load(entry), entry.id), name: entry.id };
}

async function theirs(path: string, cwd: string): Promise<Selected> {
  const name = relative(cwd, path).startsWith('..') ? path : relative(cwd, path);
  const id = basename(path)
    .replace(SCRIPT, '')
    .replace(/\.scenario$/, '');
  return { id, scenario: scenarioOf(await loadDefault(path, name), name), name };
}
