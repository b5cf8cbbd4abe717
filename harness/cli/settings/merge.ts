import type { Flags } from '../command.js';
import { didYouMean } from '../nearest.js';
import { Misuse } from '../trouble.js';
import { flagOf, type Key, keys, type Settings, table } from './table.js';

/** What a config file says, and what messages call that file. */
export interface FileSettings {
  name: string;
  values: Readonly<Record<string, unknown>>;
}

/** One place where a setting can be given, and what messages call it. */
interface Layer {
  given: unknown;
  where: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Flag before environment before file before default. @throws {Misuse} naming what is wrong, and where. */
export function merge(flags: Flags, env: Env, file?: FileSettings): Settings {
  const unknown = Object.keys(file?.values ?? {}).find((key) => !(keys as readonly string[]).includes(key));
  if (unknown !== undefined) {
    throw new Misuse(`${file!.name}: there is no setting "${unknown}"${didYouMean(unknown, keys)}`);
  }
  const values = keys.map((key) => {
    const layers = layersOf(key, flags, env, file);
    const { read, initial } = table[key];
    if (key === 'image' || key === 'binary') {
      const maps = layers.map(({ given, where }) => read(given, where) as Readonly<Record<string, string>>);
      return [key, Object.assign({}, ...maps.reverse())];
    }
    return [key, layers[0] ? read(layers[0].given, layers[0].where) : initial];
  });
  return Object.fromEntries(values) as Settings;
}

/** The strongest first. */
function layersOf(key: Key, flags: Flags, env: Env, file?: FileSettings): Layer[] {
  const name = `WSGAUNTLET_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
  const layers: Layer[] = [];
  if (flags[key] !== undefined) layers.push({ given: flags[key], where: flagOf(key) });
  if (key === 'image' || key === 'binary') {
    const one = new RegExp(`^${name}_(.+)$`);
    for (const [variable, given] of Object.entries(env)) {
      const program = one.exec(variable)?.[1]?.toLowerCase().replaceAll('_', '-');
      if (program !== undefined && given) layers.push({ given: { [program]: given }, where: variable });
    }
  }
  const said = env[name];
  if (said) layers.push({ given: 'many' in table[key] ? said.trim().split(/\s+/) : said, where: name });
  if (file && file.values[key] !== undefined) {
    layers.push({ given: file.values[key], where: `${file.name}: ${key}` });
  }
  return layers;
}
