import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';

/** A configuration file of the user's. */
export class Source {
  readonly text: string;

  /** Throws where it cannot be read. */
  constructor(
    readonly path: string,
    /** The folder that error messages are relative to. */
    readonly home: string,
  ) {
    this.text = readFileSync(path, 'latin1');
  }

  /** `conf.d/app.conf:12` */
  at(offset: number): string {
    let line = 1;
    for (let i = this.text.indexOf('\n'); i >= 0 && i < offset; i = this.text.indexOf('\n', i + 1)) line++;
    return `${relative(this.home, this.path) || basename(this.path)}:${line}`;
  }
}

export const absolute = (path: string, folder: string): string =>
  isAbsolute(path) ? path : resolve(folder, path);

export const hasWildcard = (path: string): boolean => /[*?[]/.test(path);

/** The files that a path with wildcards (`*`, `?`, `[…]`) fits, in their order; or the one that it names. */
export function expand(pattern: string): string[] {
  if (!hasWildcard(pattern)) return existsSync(pattern) ? [pattern] : [];
  const folders = expandFolder(dirname(pattern));
  const fits = matcher(basename(pattern));
  return folders
    .flatMap((folder) => readdirSync(folder).map((name) => ({ name, path: join(folder, name) })))
    .filter(({ name, path }) => fits(name) && statSync(path, { throwIfNoEntry: false })?.isFile())
    .map(({ path }) => path)
    .sort();
}

function expandFolder(pattern: string): string[] {
  if (!hasWildcard(pattern)) return existsSync(pattern) ? [pattern] : [];
  const fits = matcher(basename(pattern));
  return expandFolder(dirname(pattern)).flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && fits(entry.name))
      .map((entry) => join(folder, entry.name)),
  );
}

function matcher(pattern: string): (name: string) => boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')
    .replace(/\[!/g, '[^');
  const regex = new RegExp(`^${source}$`);
  return (name) => regex.test(name) && (pattern.startsWith('.') || !name.startsWith('.'));
}
