import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { line } from '../../../reports/common/text.js';
import { select } from '../../catalogue.js';
import { whereJsonBreaks } from '../../record/json.js';
import { didYouMean, orList } from '../nearest.js';
import { meant } from '../plan/find.js';
import { Misuse } from '../trouble.js';
import { itemsOf, lineOf } from './positions.js';

/** A finding that a user can live with, for a while. */
export interface Acceptance {
  /** Id of a check, or the beginning of several. */
  check: string;
  /** Ids of the checks that it is about. */
  checks: readonly string[];
  reason: string;
  /** The last day that it counts on: `2027-03-31`. */
  until: string;
  /** The endpoint that it is accepted at; everywhere when absent. */
  url?: string;
  /** Where it stands, for messages: `accepted.json:12`. */
  at: string;
}

const KEYS = ['check', 'reason', 'until', 'url'];
const MOST_OCTETS = 1_000_000;

/**
 * The acceptances of a file: a JSON list of `{ "check", "reason", "until", "url"? }`.
 * @param ids of all checks that there are, whether they are tried or not
 * @throws {Misuse} naming file and line
 */
export async function readAcceptances(
  path: string,
  cwd: string,
  ids: readonly string[],
): Promise<Acceptance[]> {
  const text = await textOf(path, cwd);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { line: row, column, why } = whereJsonBreaks(text);
    throw new Misuse(`${path}:${row}:${column} is not JSON: ${why}`);
  }
  if (!Array.isArray(value))
    throw new Misuse(`${path}:1 must be a list: [{ "check": "…", "reason": "…", "until": "2027-03-31" }]`);
  const places = itemsOf(text);
  const all = value.map((item: unknown, i) => {
    const at = (key?: string) => `${path}:${lineOf(text, places[i]!, key)}`;
    return acceptanceOf(item, at, ids);
  });
  refuseTwins(all);
  return all;
}

async function textOf(path: string, cwd: string): Promise<string> {
  try {
    const octets = await readFile(resolve(cwd, path));
    if (octets.length > MOST_OCTETS)
      throw new Misuse(`--accept: ${path} is longer than ${MOST_OCTETS} octets`);
    return octets.toString('utf8').replace(/^\uFEFF/, '');
  } catch (fault) {
    if (fault instanceof Misuse) throw fault;
    const { code, message } = fault as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : message;
    throw new Misuse(`--accept: cannot read ${path}: ${why}`);
  }
}

function acceptanceOf(item: unknown, at: (key?: string) => string, ids: readonly string[]): Acceptance {
  if (item === null || typeof item !== 'object' || Array.isArray(item))
    throw new Misuse(`${at()}: must be an object with check, reason and until, and is ${shown(item)}`);
  const given = item as Readonly<Record<string, unknown>>;
  const odd = Object.keys(given).find((key) => !KEYS.includes(key));
  if (odd !== undefined)
    throw new Misuse(
      `${at(odd)}: ${shown(odd)} is no key of it${didYouMean(odd, KEYS) || `; there are ${orList(KEYS)}`}`,
    );
  const text = (key: string): string => {
    const words = given[key];
    if (words === undefined) throw new Misuse(`${at()}: ${key} is missing`);
    if (typeof words === 'string' && words.trim() !== '') return words.trim();
    throw new Misuse(`${at(key)}: ${key} must be a text, and is ${shown(words)}`);
  };
  const [check, reason, until] = [text('check'), text('reason'), text('until')];
  const all = ids.map((id) => ({ id }));
  const checks = select(all, check).map(({ id }) => id);
  if (checks.length === 0)
    throw new Misuse(
      `${at('check')}: no check is called ${shown(check)} or begins with it${meant(check, ids) || '; see `wsgauntlet list checks`'}`,
    );
  if (!isDay(until))
    throw new Misuse(`${at('until')}: until must be a day such as 2027-03-31, and is ${shown(until)}`);
  if (given.url === undefined) return { check, checks, reason, until, at: at() };
  const url = text('url');
  if (!isEndpoint(url))
    throw new Misuse(
      `${at('url')}: url must be the endpoint that it is accepted at, such as wss://host/path, and is ${shown(url)}`,
    );
  return { check, checks, reason, until, url, at: at() };
}

const shown = (value: unknown): string => line(JSON.stringify(value) ?? String(value)).slice(0, 80);

/** A day that there is. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

const isEndpoint = (text: string): boolean =>
  URL.canParse(text) && ['ws:', 'wss:', 'http:', 'https:'].includes(new URL(text).protocol);

function refuseTwins(all: readonly Acceptance[]): void {
  const seen = new Map<string, Acceptance>();
  for (const one of all) {
    const key = JSON.stringify([one.check.replace(/\/+$/, ''), one.url]);
    const twin = seen.get(key);
    if (twin) throw new Misuse(`${one.at}: ${shown(one.check)} is accepted already, at ${twin.at}`);
    seen.set(key, one);
  }
}
