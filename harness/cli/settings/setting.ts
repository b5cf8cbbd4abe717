import type { Reader } from './read.js';

export interface Setting<T> {
  /** As the command line has it; the long name in camel case is the key in a file, and in capitals in the environment. */
  flags: string;
  help: string;
  /** May be given more than once; in a variable parted by spaces, or by lines where a value may hold spaces. */
  many?: 'words' | 'lines';
  /** Each name has a variable of its own: `WSGAUNTLET_IMAGE_NGINX`. */
  byName?: true;
  read: Reader<T>;
  initial: T;
}

export const of = <T>(
  flags: string,
  help: string,
  read: Reader<T>,
  initial: NoInfer<T>,
  shown = typeof initial === 'boolean' || initial === undefined ? '' : String(initial),
): Setting<T> => ({ flags, help: shown ? `${help} (${shown} when not given)` : help, read, initial });
export const several = <T>(
  flags: string,
  help: string,
  read: Reader<T>,
  initial: NoInfer<T>,
): Setting<T> => ({
  ...of(flags, `${help}; may be given again`, read, initial, ''),
  many: 'words',
});
/** Values that may hold spaces. */
export const lines = <T>(flags: string, help: string, read: Reader<T>, initial: NoInfer<T>): Setting<T> => ({
  ...several(flags, help, read, initial),
  many: 'lines',
});
export const named = <T>(flags: string, help: string, read: Reader<T>, initial: NoInfer<T>): Setting<T> => ({
  ...several(flags, help, read, initial),
  byName: true,
});
export const maybe = <T>(flags: string, help: string, read: Reader<T>): Setting<T | undefined> =>
  of<T | undefined>(flags, help, read, undefined);

export type Table = Readonly<Record<string, Setting<unknown>>>;

/** What the settings of a table come to. */
export type ValuesOf<T extends Table> = { [K in keyof T]: T[K]['initial'] };

/** `--fail-on` of `failOn`. */
export const flagOf = ({ flags }: Pick<Setting<unknown>, 'flags'>): string => /--[a-z-]+/.exec(flags)![0];
