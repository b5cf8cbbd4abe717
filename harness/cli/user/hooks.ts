/**
 * Module hooks for the files of users: TypeScript and modern JavaScript run as they are, wherever they lie, and
 * `wsgauntlet` means this very copy of us. Runs on the loader's own thread.
 */
import { readFileSync } from 'node:fs';
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Loader, type TransformFailure, transformSync } from 'esbuild';

export interface HookData {
  /** URL of the package's own folder of code, with a slash at the end. */
  root: string;
  /** `.ts` in the sources, `.js` in what is built. */
  extension: string;
}

let own: HookData;

export const initialize: InitializeHook<HookData> = async (data) => {
  own = data;
};

/** Ourselves, or an intermediary of ours, as `exports` of package.json has it. */
const OURS = /^wsgauntlet(?:\/(proxies\/[\w-]+))?$/;

export const resolve: ResolveHook = async (specifier, context, next) => {
  const ours = OURS.exec(specifier);
  if (ours) return next(new URL(`${ours[1] ?? 'harness'}/index${own.extension}`, own.root).href, context);
  try {
    return await next(specifier, context);
  } catch (fault) {
    const other = sourceOf(specifier);
    if (other === undefined || (fault as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw fault;
    try {
      return await next(other, context);
    } catch {
      throw fault;
    }
  }
};

/** TypeScript that is imported under the name of what it would be compiled to. */
function sourceOf(specifier: string): string | undefined {
  return /^\.{0,2}\/|^file:/.test(specifier) && /\.m?js$/.test(specifier)
    ? specifier.replace(/js$/, 'ts')
    : undefined;
}

export const load: LoadHook = async (url, context, next) => {
  const [, kind] = /^file:.*\.(ts|mts|js|mjs)(?:\?.*)?$/.exec(url) ?? [];
  if (kind === undefined || url.includes('/node_modules/')) return next(url, context);
  const typed = kind.endsWith('ts');
  if (!typed && url.startsWith(own.root)) return next(url, context);
  const file = fileURLToPath(url);
  const source = readFileSync(file, 'utf8');
  // What is CommonJS stays what it is.
  if (kind === 'js' && !/^\s*(?:import|export)\b/m.test(source)) return next(url, context);
  return { format: 'module', shortCircuit: true, source: compile(source, file, typed ? 'ts' : 'js') };
};

function compile(source: string, file: string, loader: Loader): string {
  try {
    const options = {
      loader,
      format: 'esm',
      target: 'node20',
      sourcefile: file,
      sourcemap: 'inline',
    } as const;
    return transformSync(source, { ...options, logLevel: 'silent' }).code;
  } catch (fault) {
    const first = (fault as Partial<TransformFailure>).errors?.[0];
    if (!first?.location) throw fault;
    const { line, column } = first.location;
    throw new SyntaxError(`${file}:${line}:${column + 1}: ${first.text}`);
  }
}
