import type { Run } from '../../harness/model.js';
import { sampleRun } from './sample.js';

/** What a peer would write to get out of a report: markup, ends of containers, control and bidirectional characters. */
export const PAYLOAD = [
  '<script>window.owned=1;alert(1)</script>',
  '</script></textarea></title></style><img src=x onerror="window.owned=2;alert(2)">',
  '<svg/onload=alert(3)>javascript:alert(4)<!--<script>-->',
  ']]>&amp;&#60;script&#62;{{7*7}}',
  '\u202eevil\u2066\u2069\u200f',
  '\u0000\u0007\u001b[31m\u001b]0;title\u0007\u009b31m\u0085\u2028\u2029',
  '\ud800 lone, \ufffe not a character',
  '| a | b |\n```\n# heading\n@everyone #1 [x](javascript:alert(6)) **bold** `code`',
  '\r\nok 99 - forged\nnot ok 100\nBail out!\n  ---\n  ...\n# TODO # SKIP \\#',
].join(' ');

/** A run with the payload in every string that a peer, a user or a file can put there. */
export function hostileRun(run: Run = sampleRun()): Run {
  const tainted = (text: string) => `${text} ${PAYLOAD}`;
  const taintKeys = <T>(map: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(map).map(([key, value]) => [tainted(key), value]));
  return {
    ...taint(run, tainted),
    checks: taintKeys(taint(run.checks, tainted)),
    places: taintKeys(taint(run.places, tainted)),
    environment: taintKeys(taint(run.environment, tainted)),
  };
}

/** Words of the record's own, and figures, stay; every other string is tainted. */
const KEPT = new Set([
  'outcome',
  'expected',
  'kind',
  'role',
  'severity',
  'reach',
  'judges',
  'profile',
  'until',
  'startedAt',
  'bytes',
  'mark',
  'mask',
]);

function taint<T>(value: T, tainted: (text: string) => string): T {
  const walk = (each: unknown, key = ''): unknown => {
    if (typeof each === 'string') return KEPT.has(key) ? each : tainted(each);
    if (Array.isArray(each)) return each.map((item) => walk(item, key));
    if (each === null || typeof each !== 'object') return each;
    const named = ['files', 'measured', 'fixes'].includes(key) ? tainted : (name: string) => name;
    return Object.fromEntries(Object.entries(each).map(([name, inner]) => [named(name), walk(inner, name)]));
  };
  return walk(value) as T;
}
