import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { whereJsonBreaks } from '../../record/json.js';
import { Misuse } from '../trouble.js';
import { loadDefault } from '../user/load.js';
import type { FileSettings } from './merge.js';

export const configNames: readonly string[] = ['ts', 'mts', 'mjs', 'js', 'json'].map(
  (kind) => `wsgauntlet.config.${kind}`,
);

/**
 * The config file that was named, or the one of the working folder if there is one; `fresh` where it may have been read
 * before and have changed. @throws {Misuse}
 */
export async function configFile(
  cwd: string,
  named?: string,
  fresh?: 'fresh',
): Promise<FileSettings | undefined> {
  const found = named ?? configNames.find((name) => existsSync(join(cwd, name)));
  if (found === undefined) return undefined;
  const path = resolve(cwd, found);
  const name = relative(cwd, path) || found;
  if (!existsSync(path)) throw new Misuse(`--config: there is no file ${found}`);
  const values = path.endsWith('.json') ? json(path, name) : await loadDefault(path, name, fresh);
  if (values === null || typeof values !== 'object' || Array.isArray(values)) {
    throw new Misuse(
      `${name} must ${path.endsWith('.json') ? 'be' : 'have as its default export'} an object of settings`,
    );
  }
  return { name, values: values as Readonly<Record<string, unknown>> };
}

function json(path: string, name: string): unknown {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch {
    const { line, column, why } = whereJsonBreaks(text);
    throw new Misuse(`${name}:${line}:${column} is not JSON: ${why}`);
  }
}

/** What the file says for one command, below a key of its own. @throws {Misuse} */
export function settingsBelow(key: string, file: FileSettings | undefined): FileSettings | undefined {
  const values = file?.values[key];
  if (!file || values === undefined) return undefined;
  if (values === null || typeof values !== 'object' || Array.isArray(values)) {
    throw new Misuse(`${file.name}: ${key} must be an object of settings`);
  }
  return { name: `${file.name}: ${key}`, values: values as Readonly<Record<string, unknown>> };
}
