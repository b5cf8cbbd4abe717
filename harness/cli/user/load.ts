import { register } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Misuse, sentenceOf } from '../trouble.js';
import type { HookData } from './hooks.js';

let registered = false;

/**
 * The default export of a module of the user's, in TypeScript or JavaScript; with `fresh` it is read anew, though not what
 * it imports. @throws {Misuse} saying where it is broken.
 */
export async function loadDefault(path: string, name: string, fresh?: 'fresh'): Promise<unknown> {
  if (!registered) {
    const data: HookData = {
      root: new URL('../../../', import.meta.url).href,
      extension: extname(fileURLToPath(import.meta.url)),
    };
    register(new URL(`./hooks${data.extension}`, import.meta.url), { data });
    // What is thrown in there is to name the lines that were written.
    process.setSourceMapsEnabled(true);
    registered = true;
  }
  let module: { default?: unknown };
  try {
    module = (await import(pathToFileURL(path).href + (fresh ? `?${Date.now()}` : ''))) as typeof module;
  } catch (fault) {
    throw new Misuse(broken(fault, path, name), { cause: fault });
  }
  if (module.default === undefined) throw new Misuse(`${name} has no default export`);
  return module.default;
}

/** `file:line:column: what`, as near as can be told. */
function broken(fault: unknown, path: string, name: string): string {
  const said = sentenceOf(fault);
  if (fault instanceof SyntaxError && /:\d+:\d+: /.test(said)) return said.replace(path, name);
  const stack = fault instanceof Error ? (fault.stack ?? '') : '';
  const at = stack.split('\n').find((line) => line.includes(path) && /:\d+:\d+\)?$/.test(line));
  const [, line, column] = /:(\d+):(\d+)\)?$/.exec(at ?? '') ?? [];
  return `${name}${line ? `:${line}:${column}` : ''}: ${said.split('\n')[0]}`;
}
