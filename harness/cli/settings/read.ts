import { type Duration, milliseconds } from '../../../proxies/common/duration.js';
import { didYouMean, orList } from '../nearest.js';
import { Misuse } from '../trouble.js';

/** Reads a value as it was given on the command line, in the environment or in a file; `where` is what messages call it. */
export type Reader<T> = (given: unknown, where: string) => T;

const wrong = (where: string, wanted: string, given: unknown): Misuse =>
  new Misuse(`${where} must be ${wanted}, and is ${shown(given)}`);

const shown = (given: unknown): string => (JSON.stringify(given) ?? String(given)).slice(0, 80);

export const text: Reader<string> = (given, where) => {
  if (typeof given === 'string' && given !== '') return given;
  throw wrong(where, 'a text', given);
};

export const toggle: Reader<boolean> = (given, where) => {
  if (given === true || given === '1' || given === 'true' || given === 'yes') return true;
  if (given === false || given === '0' || given === 'false' || given === 'no' || given === '') return false;
  throw wrong(where, 'true or false', given);
};

/** Several; a single one where there is but one. */
export const texts: Reader<readonly string[]> = (given, where) =>
  (Array.isArray(given) ? given : [given]).map((one: unknown) => text(one, where));

export const whole =
  (least: number): Reader<number> =>
  (given, where) => {
    const figure = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
    if (typeof figure === 'number' && Number.isSafeInteger(figure) && figure >= least) return figure;
    throw wrong(where, `a whole number of at least ${least}`, given);
  };

/** Milliseconds, of `500ms`, `30s`, `2m`; a bare figure is milliseconds. */
export const time: Reader<number> = (given, where) => {
  const figure = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  try {
    const ms = milliseconds(figure as Duration);
    if (ms <= 0x7fffffff) return ms;
  } catch {
    // Said below.
  }
  throw wrong(where, 'a length of time such as 500ms, 30s or 2m', given);
};

export const choice =
  <T extends string>(choices: readonly T[]): Reader<T> =>
  (given, where) => {
    const found = choices.find((one) => one === given);
    if (found !== undefined) return found;
    const meant = typeof given === 'string' ? didYouMean(given, choices) : '';
    throw new Misuse(`${where} must be ${orList(choices)}, and is ${shown(given)}${meant}`);
  };

/** `name=value`, several of them, or an object. */
export const pairs: Reader<Readonly<Record<string, string>>> = (given, where) => {
  if (given !== null && typeof given === 'object' && !Array.isArray(given)) {
    return Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, text(value, `${where}.${name}`)]),
    );
  }
  return Object.fromEntries(
    texts(given, where).map((pair) => {
      const [, name, value] = /^([^=\s]+)=(.+)$/.exec(pair) ?? [];
      if (!name || !value) throw wrong(where, 'name=value', pair);
      return [name, value];
    }),
  );
};
