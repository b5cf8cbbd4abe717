import { badBody } from './refusal.js';

/**
 * JSON as Go's encoding/json reads and writes it, so that clients see the same answers: names in any case, null
 * and unknown fields passed over, one wrong field not keeping the others from being taken, `<` written as \u003c.
 */

export type Kind = 'string' | 'bool' | 'int64' | 'float32' | 'object';

/** The first JSON value in a text; what follows is ignored. Throws a Refusal. */
export function decode(text: string): unknown {
  const start = text.search(/[^ \t\r\n]/);
  if (start < 0) throw badBody('EOF');
  const end = endOfValue(text, start);
  if (end === undefined) throw badBody('unexpected EOF');
  try {
    return JSON.parse(text.slice(start, end));
  } catch (error) {
    throw badBody((error as Error).message);
  }
}

/** Where the value ends that begins at `start`, or nothing when the text ends before it. */
function endOfValue(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
      if (at >= text.length) return undefined;
    } else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (depth > 0) continue;
    else {
      const rest = text.slice(at).search(/[\s,:"{}[\]]/);
      return rest > 0 ? at + rest : text.length;
    }
    if (depth <= 0) return at + 1;
  }
  return undefined;
}

/** Takes the fields that `kinds` names from `value` into `target`; throws a Refusal for the first wrong one at the end. */
export function assign(
  target: Record<string, unknown>,
  kinds: Readonly<Record<string, Kind>>,
  value: unknown,
  path = '',
): void {
  if (value === null) return;
  if (kindOf(value) !== 'object')
    throw badBody(`json: cannot unmarshal ${kindOf(value)} into Go value${of(path)}`);
  let wrong: string | undefined;
  for (const [name, given] of Object.entries(value as object)) {
    const key = Object.keys(kinds).find((key) => key.toLowerCase() === name.toLowerCase());
    if (key === undefined || given === null) continue;
    const kind = kinds[key]!;
    if (fits(given, kind)) target[key] = given;
    else wrong ??= `json: cannot unmarshal ${told(given)} into Go struct field ${path}${key} of type ${kind}`;
  }
  if (wrong) throw badBody(wrong);
}

const of = (path: string) => (path ? ` of ${path.slice(0, -1)}` : '');

function fits(value: unknown, kind: Kind): boolean {
  if (kind === 'int64') return Number.isSafeInteger(value);
  if (kind === 'float32') return typeof value === 'number' && Number.isFinite(Math.fround(value));
  return kindOf(value) === kind;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

const told = (value: unknown) => (typeof value === 'number' ? `number ${value}` : kindOf(value));

export function encode(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The shortest decimal number that means the same 32-bit float. */
export function float32(value: number): number {
  for (let digits = 1; digits < 10; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return short;
  }
  return value;
}
