import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { load, units } from '../../catalogue.js';
import type { Intermediary, Program } from '../../model.js';
import { sample } from '../../runtimes/site.js';
import { didYouMean } from '../nearest.js';
import type { Settings } from '../settings/table.js';
import { Misuse, sentenceOf } from '../trouble.js';
import type { Factory } from './catalogues.js';

/** An intermediary of ours as it is written on the command line: `nginx`, `nginx:websocket,readTimeout=2s`. */
export async function viaOf(
  given: string,
  settings: Pick<Settings, 'listen' | 'upstream'>,
  cwd: string,
): Promise<Intermediary> {
  const [, name = '', options] = /^([^:]*)(?::(.*))?$/s.exec(given)!;
  const all = units('proxies');
  const unit = all.find(({ id }) => id === name);
  if (!unit) {
    const hint = didYouMean(
      name,
      all.map(({ id }) => id),
    );
    throw new Misuse(
      `--via: "${given}" is neither a file nor an intermediary of ours${hint || '; see `wsgauntlet list`'}`,
    );
  }
  try {
    return make(await load<Factory>(unit), name, optionsIn(options));
  } catch (fault) {
    throw new Misuse(`--via ${given}: ${sentenceOf(fault)}`);
  }
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
