import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Test } from 'tap';
import type { Entry } from '../catalogue.js';

const KEPT = fileURLToPath(new URL('../../gauntlet-report/', import.meta.url));

/** What a check was seen to pass and to catch: `echo: pass`. */
export interface Row {
  id: string;
  sound: string;
  careless: string;
}

/** The controls beside a check; without them the test fails. */
export async function controlsOf<Controls>(t: Test, { id, file }: Entry): Promise<Controls | undefined> {
  const beside = file.replace(/\.check\.([jt]s)$/, '.controls.$1');
  if (existsSync(beside))
    return ((await import(pathToFileURL(beside).href)) as { default: Controls }).default;
  t.fail(`${id} has no controls: ${id}.controls.ts is missing`);
  return undefined;
}

/** Shows the rows as a table, and keeps it. */
export function keep(t: Test, name: string, rows: readonly Row[]): void {
  const table = [
    '| check | sound | careless |',
    '|---|---|---|',
    ...[...rows]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, sound, careless }) => `| ${id} | ${sound} | ${careless} |`),
  ].join('\n');
  t.comment(table);
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(`${KEPT}${name}.md`, `${table}\n`);
}
