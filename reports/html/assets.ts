import { readdirSync, readFileSync } from 'node:fs';

const here = (name: string) => new URL(name, import.meta.url);

const SHEETS = [
  'base',
  'frame',
  'badge',
  'tables',
  'finding',
  'remedy',
  'wire',
  'timeline',
  'inspect',
  'diff',
  'charts',
  'audit',
  'review',
  'media',
  'print',
];

/** The page's style sheet; what comes later prevails. */
export const style = (): string =>
  SHEETS.map((name) => readFileSync(here(`style/${name}.css`), 'utf8')).join('\n');

/**
 * The page's program as one classic script: the modules of `app/` without imports, exports and doc comments, in one scope.
 * They hold functions and constants only, so their order does not matter; `start` of main.js is called last.
 */
export function script(): string {
  const names = readdirSync(here('app/')).filter((name) => name.endsWith('.js'));
  const modules = names.sort().map((name) => readFileSync(here(`app/${name}`), 'utf8'));
  const body = modules
    .map((text) => text.replace(/^import [^;]*;\n/gm, '').replace(/^export /gm, ''))
    .map((text) => text.replace(/\/\*\*(?:(?!\*\/).)*\*\/ ?/gs, ''))
    .join('\n');
  return `(() => {\n'use strict';\n${body}\nstart();\n})();`;
}
