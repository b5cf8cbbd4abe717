import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A file of a folder that is read: its id (words from its path) and where it is. */
export interface Entry {
  id: string;
  file: string;
}

export type Kind = 'check' | 'scenario';

/** The folders stand beside this one, in the sources as in what is built from them. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const IGNORED = /\.(?:test|test-data|controls)\.[jt]s$|\.d\.ts$/;

/** All checks or scenarios, by id: `scenarios/masking/text.check.ts` is the check `masking/text`. */
export function entries(kind: Kind, root = join(ROOT, 'scenarios')): readonly Entry[] {
  const suffix = new RegExp(`\\.${kind}\\.[jt]s$`);
  return walk(root)
    .filter((file) => suffix.test(file) && !IGNORED.test(file))
    .map((file) => ({ id: relative(root, file).replace(suffix, '').split(sep).join('/'), file }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Units that are a file or a folder with an index: intermediaries, reporters, runtimes. */
export function units(
  folder: 'proxies' | 'reports' | 'harness/runtimes' | 'harness/cli/commands',
): readonly Entry[] {
  const root = join(ROOT, folder);
  return readdirSync(root, { withFileTypes: true })
    .flatMap((entry): Entry[] => {
      if (entry.isDirectory()) {
        const index = ['index.js', 'index.ts'].map((name) => join(root, entry.name, name)).find(existsSync);
        return index ? [{ id: entry.name, file: index }] : [];
      }
      if (!/\.[jt]s$/.test(entry.name) || IGNORED.test(entry.name)) return [];
      return [{ id: entry.name.replace(/\.[jt]s$/, ''), file: join(root, entry.name) }];
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The remedies of products: `proxies/nginx/remedies/upgrade.ts` is `nginx/upgrade`. */
export function remedies(root = join(ROOT, 'proxies')): readonly Entry[] {
  return readdirSync(root)
    .map((product) => ({ product, folder: join(root, product, 'remedies') }))
    .filter(({ folder }) => existsSync(folder))
    .flatMap(({ product, folder }) =>
      walk(folder)
        .filter((file) => /\.[jt]s$/.test(file) && !IGNORED.test(file))
        .map((file) => ({ id: `${product}/${basename(file).replace(/\.[jt]s$/, '')}`, file })),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The one whose id is the selector, else those that begin with it at a word's border: `masking` takes `masking/text`. */
export function select<T extends { id: string }>(all: readonly T[], selector: string): readonly T[] {
  const wanted = selector.replace(/\/+$/, '');
  const exact = all.filter(({ id }) => id === wanted);
  if (exact.length > 0) return exact;
  return all.filter(
    ({ id }) => id === wanted || (id.startsWith(wanted) && /^[/-]/.test(id.slice(wanted.length))),
  );
}

/** The default export of a unit. */
export async function load<T>(entry: Entry): Promise<T> {
  return ((await import(pathToFileURL(entry.file).href)) as { default: T }).default;
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}
