import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Run } from '../model.js';
import { RunFileError } from './error.js';
import { whereJsonBreaks } from './json.js';
import { firstProblem, type Schema } from './schema.js';

const VERSION = 1;

/** Reads a record. @throws {RunFileError} saying what is wrong with it, and where. */
export async function read(path: string): Promise<Run> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder; name the run.json in it'
          : code === 'EACCES'
            ? 'not permitted'
            : cause instanceof Error
              ? cause.message
              : String(cause);
    throw new RunFileError(`cannot read ${path}: ${why}`, { cause });
  }
  return parse(text, path);
}

/** A record from its text; `name` is what messages call it. @throws {RunFileError} */
export function parse(text: string, name: string): Run {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const { line, column, why } = whereJsonBreaks(text.replace(/^\uFEFF/, ''));
    throw new RunFileError(`${name}:${line}:${column} is not JSON: ${why}`, { cause });
  }
  const version =
    value !== null && typeof value === 'object' && 'version' in value ? value.version : undefined;
  if (version === undefined) throw new RunFileError(`${name} is not a run: it has no version`);
  if (version !== VERSION)
    throw new RunFileError(
      `${name} is a run of version ${JSON.stringify(version)}, and this program reads version ${VERSION}; ` +
        (typeof version === 'number' && version > VERSION ? 'use a newer wsgauntlet' : 'run it again'),
    );
  const problem = firstProblem(value, schema());
  if (problem) throw new RunFileError(`${name} is not a run: ${problem}`);
  return value as Run;
}

let loaded: Schema | undefined;

function schema(): Schema {
  loaded ??= JSON.parse(readFileSync(new URL('../run.schema.json', import.meta.url), 'utf8')) as Schema;
  return loaded;
}
