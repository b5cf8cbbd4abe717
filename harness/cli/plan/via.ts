import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { load, units } from '../../catalogue.js';
import type { Intermediary, Program } from '../../model.js';
import { sample } from '../../runtimes/site.js';
import { didYouMean } from '../nearest.js';
import type { Settings } from '../settings/table.js';
import { Misuse, sentenceOf } from '../trouble.js';
import type { Factory } from './catalogues.js';

type Ways = Pick<Settings, 'listen' | 'upstream'>;

/** The hops of `--via`: intermediaries of ours (`nginx:websocket,readTimeout=2s`), and config files of the user's. */
export async function viaOf(
  given: readonly string[],
  { listen, upstream }: Ways,
  cwd: string,
): Promise<Intermediary[]> {
  const hops: Intermediary[] = [];
  let files = 0;
  for (const one of given) {
    const path = resolve(cwd, one);
    const ours = await named(one);
    if (ours) hops.push(ours);
    else if (!existsSync(path) || !statSync(path).isFile()) throw unknown(one);
    else {
      files++;
      hops.push(await theirs(path, { listen, upstream }));
    }
  }
  const flag = listen !== undefined ? '--listen' : upstream !== undefined ? '--upstream' : undefined;
  if (flag && files !== 1)
    throw new Misuse(
      `${flag} goes with one config file behind --via, and there ${files === 0 ? 'is none' : `are ${files}`}`,
    );
  return hops;
}

async function named(given: string): Promise<Intermediary | undefined> {
  const [, name = '', options] = /^([^:]*)(?::(.*))?$/s.exec(given)!;
  const unit = units('proxies').find(({ id }) => id === name);
  if (!unit) return undefined;
  try {
    return make(await load<Factory>(unit), name, optionsIn(options));
  } catch (fault) {
    throw new Misuse(`--via ${given}: ${sentenceOf(fault)}`);
  }
}

async function theirs(path: string, ways: Ways): Promise<Intermediary> {
  const { userFile, UserFileError } = await import('../../../proxies/user-file/user-file.js');
  try {
    return userFile(path, ways);
  } catch (fault) {
    throw fault instanceof UserFileError ? new Misuse(fault.message) : fault;
  }
}

function unknown(given: string): Misuse {
  const ids = units('proxies').map(({ id }) => id);
  const hint =
    didYouMean(given.split(':')[0]!, ids) || '; `wsgauntlet list intermediaries` shows what there is';
  return new Misuse(`--via: "${given}" is neither a file nor an intermediary of ours${hint}`);
}

function optionsIn(text: string | undefined): Record<string, unknown> {
  const given = text?.split(',').filter((pair) => pair !== '') ?? [];
  return Object.fromEntries(
    given.map((pair): [string, unknown] => {
      const [key = '', value] = pair.split(/=(.*)/s);
      return [key, valueIn(value)];
    }),
  );
}

function valueIn(text: string | undefined): unknown {
  if (text === undefined || text === 'true') return true;
  if (text === 'false') return false;
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** An option that nobody looks at is one that does not exist. */
function make(factory: Factory, name: string, options: Record<string, unknown>): Intermediary {
  const read = new Set<string>();
  const watched = new Proxy(options, {
    get(target, key) {
      if (typeof key === 'string') read.add(key);
      return Reflect.get(target, key);
    },
  });
  const made = factory(watched);
  const program: Program = made;
  program.files?.(sample);
  program.argv?.(sample);
  const unread = Object.keys(options).find((key) => !read.has(key));
  if (unread !== undefined)
    throw new Error(`${name} has no option "${unread}"${didYouMean(unread, [...read])}`);
  return made;
}
