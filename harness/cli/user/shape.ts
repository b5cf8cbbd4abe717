import type { Outcome, Scenario } from '../../model.js';
import { didYouMean, orList } from '../nearest.js';
import { Misuse } from '../trouble.js';

const OUTCOMES: readonly Outcome[] = ['pass', 'fail', 'warn', 'info', 'skip'];
const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'];
const KINDS = ['conformance', 'vulnerability', 'hardening'];
const REACHES = ['safe', 'intrusive', 'crash'];
const ROLES = ['reverse', 'forward', 'transparent'];

type Fields = Readonly<Record<string, unknown>>;
/** What is wrong with a value, as the rest of a sentence that begins with its key; nothing when it is right. */
type Rule = (value: unknown) => string | undefined;

/** The default export of a scenario's file, once it has the shape of one. @throws {Misuse} naming the key that is wrong. */
export function scenarioOf(value: unknown, file: string): Scenario {
  const problem = object(SCENARIO, ['title', 'origin', 'via', 'checks'])(value);
  if (problem !== undefined) {
    throw new Misuse(
      `${file}: ${problem.startsWith(' ') ? 'the default export' : ''}${problem.replace(/^\./, '')}`,
    );
  }
  return value as Scenario;
}

const isText: Rule = (value) => (typeof value === 'string' && value !== '' ? undefined : is('a text', value));
const isCall: Rule = (value) => (typeof value === 'function' ? undefined : is('a function', value));
const oneOf =
  (words: readonly string[]): Rule =>
  (value) => {
    if (words.includes(value as string)) return undefined;
    return ` must be ${orList(words)}, and is ${shown(value)}`;
  };
const list =
  (rule: Rule): Rule =>
  (value) => {
    if (!Array.isArray(value)) return is('an array', value);
    return first(value.map((one, i) => [`[${i}]`, rule(one)]));
  };

function object(rules: Readonly<Record<string, Rule>>, needed: readonly string[], closed = true): Rule {
  return (value) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return is('an object', value);
    const fields = value as Fields;
    const missing = needed.find((key) => fields[key] === undefined);
    if (missing !== undefined) return `.${missing} is missing`;
    const unknown = closed && Object.keys(fields).find((key) => !Object.hasOwn(rules, key));
    if (unknown) return `.${unknown} is not a key of it${didYouMean(unknown, Object.keys(rules))}`;
    return first(
      Object.entries(rules)
        .filter(([key]) => fields[key] !== undefined)
        .map(([key, rule]) => [`.${key}`, rule(fields[key])]),
    );
  };
}

const program = (role: Rule): Rule => {
  const shape = object(
    { name: isText, role, argv: isCall, embed: isCall, files: isCall, image: isText },
    ['name', 'role'],
    false,
  );
  return (value) => {
    const problem = shape(value);
    if (problem !== undefined) return problem;
    const { argv, embed, image } = value as Fields;
    return argv || embed || image ? undefined : ' needs argv, embed or image: there is no way to start it';
  };
};

/** Texts by name; the record keeps them. */
const texts: Rule = (value) => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return is('an object', value);
  return first(Object.entries(value).map(([key, one]) => [`[${JSON.stringify(key)}]`, isText(one)]));
};

const CHECK = object(
  {
    id: isText,
    title: isText,
    requirement: isText,
    severity: oneOf(SEVERITIES),
    refs: list(isText),
    why: isText,
    remedy: isText,
    cwe: isText,
    kind: oneOf(KINDS),
    fixes: texts,
    reach: oneOf(REACHES),
    judges: oneOf(['client', 'endpoint', 'either']),
    run: isCall,
  },
  ['id', 'title', 'requirement', 'severity', 'refs', 'run'],
  false,
);

const SCENARIO: Readonly<Record<string, Rule>> = {
  title: isText,
  origin: program(oneOf(['origin'])),
  via: list(program(oneOf(ROLES))),
  checks: (value) => {
    if (Array.isArray(value) && value.length === 0) return ' is empty: nothing would be tried';
    return list((one) => (typeof one === 'string' ? isText(one) : CHECK(one)))(value);
  },
  expect: (value) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return is('an object', value);
    const expectation = object({ outcome: oneOf(OUTCOMES), because: isText }, ['outcome', 'because']);
    return first(Object.entries(value).map(([key, one]) => [`[${JSON.stringify(key)}]`, expectation(one)]));
  },
  client: object({ name: isText, open: isCall }, ['name', 'open'], false),
};

function first(found: readonly (readonly [string, string | undefined])[]): string | undefined {
  const wrong = found.find(([, problem]) => problem !== undefined);
  return wrong && wrong[0] + wrong[1];
}

const is = (wanted: string, value: unknown) => ` must be ${wanted}, and is ${shown(value)}`;

function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'an array';
  if (value !== null && typeof value === 'object') return 'an object';
  return (JSON.stringify(value) ?? 'undefined').slice(0, 60);
}
