import type { Flags } from '../command.js';
import { didYouMean } from '../nearest.js';
import { Misuse } from '../trouble.js';
import { flagOf, type Setting, type Table, type ValuesOf } from './setting.js';
import { type Settings, table } from './table.js';

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

/** How the settings of a command are told from those of others. */
export interface Ways {
  /** What variables of the environment begin with. */
  prefix: string;
  /** Settings that stand in the file for other commands. */
  others: readonly string[];
}

/** What `run` is told. */
export const merge = (flags: Flags, env: Env, file?: FileSettings): Settings =>
  mergeInto(table, { prefix: 'WSGAUNTLET_', others: ['audit', 'auditClient'] }, flags, env, file);

/** Flag before environment before file before default. @throws {Misuse} naming what is wrong, and where. */
export function mergeInto<T extends Table>(
  known: T,
  { prefix, others }: Ways,
  flags: Flags,
  env: Env,
  file?: FileSettings,
): ValuesOf<T> {
  const keys = Object.keys(known);
  const unknown = Object.keys(file?.values ?? {}).find((key) => !keys.includes(key) && !others.includes(key));
  if (unknown !== undefined) {
    throw new Misuse(`${file!.name}: there is no setting "${unknown}"${didYouMean(unknown, keys)}`);
  }
  const values = keys.map((key) => {
    const setting = known[key]!;
    const layers = layersOf(key, setting, prefix, flags, env, file);
    const { read, initial } = setting;
    if (setting.byName) {
      const maps = layers.map(({ given, where }) => read(given, where) as Readonly<Record<string, string>>);
      return [key, Object.assign({}, ...maps.reverse())];
    }
    return [key, layers[0] ? read(layers[0].given, layers[0].where) : initial];
  });
  return Object.fromEntries(values) as ValuesOf<T>;
}

/** The strongest first. */
function layersOf(
  key: string,
  setting: Setting<unknown>,
  prefix: string,
  flags: Flags,
  env: Env,
  file?: FileSettings,
): Layer[] {
  const name = `${prefix}${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
  const layers: Layer[] = [];
  if (flags[key] !== undefined) layers.push({ given: flags[key], where: flagOf(setting) });
  if (setting.byName) {
    const one = new RegExp(`^${name}_(.+)$`);
    for (const [variable, given] of Object.entries(env)) {
      const program = one.exec(variable)?.[1]?.toLowerCase().replaceAll('_', '-');
      if (program !== undefined && given) layers.push({ given: { [program]: given }, where: variable });
    }
  }
  const said = env[name];
  if (said) layers.push({ given: setting.many ? membersIn(said, setting.many) : said, where: name });
  if (file && file.values[key] !== undefined) {
    layers.push({ given: file.values[key], where: `${file.name}: ${key}` });
  }
  return layers;
}

const membersIn = (said: string, many: 'words' | 'lines'): string[] =>
  said.trim().split(many === 'lines' ? /\s*\n\s*/ : /\s+/);
