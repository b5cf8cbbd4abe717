import { checks, run, scenarios, unexpected } from './data.js';
import { flaky } from './parts.js';
import { changedIds } from './since.js';

/** @typedef {import('./data.js').Finding} Finding */
/** @typedef {import('./route.js').Filter} Filter */

/** @type {Map<Finding, string>} */
const texts = new Map();

/** What the search looks through: all that is told of a finding but its evidence.
 * @param {Finding} finding */
function textOf(finding) {
  const known = texts.get(finding);
  if (known !== undefined) return known;
  const scenario = scenarios.get(finding.scenario);
  const check = checks.get(finding.check);
  const parts = [
    finding.id,
    finding.message,
    finding.expectedText,
    finding.actualText,
    finding.blame,
    finding.did,
    finding.because,
  ];
  parts.push(scenario?.title, check?.title, check?.requirement, check?.cwe, ...(check?.refs ?? []));
  for (const hop of scenario?.hops ?? []) parts.push(hop.name, hop.title, hop.version);
  for (const [key, value] of Object.entries(finding.measured ?? {})) parts.push(`${key} ${value}`);
  const text = parts.join('\n').toLowerCase();
  texts.set(finding, text);
  return text;
}

/** @param {Filter} filter */
export const narrows = ({ outcomes, severities, kinds, topic, differs, flaky: unsteady, since, words }) =>
  outcomes.length + severities.length + kinds.length > 0 ||
  topic !== '' ||
  differs ||
  unsteady ||
  since.length > 0 ||
  words !== '';

/** Fields that a word of the search may name: `blame:nginx`.
 * @type {Readonly<Record<string, (finding: Finding) => string | undefined>>} */
const FIELDS = {
  blame: ({ blame }) => blame,
  check: ({ check }) => check,
  scenario: ({ scenario }) => scenario,
  outcome: ({ state }) => state,
  severity: ({ severity }) => severity,
  kind: ({ kind }) => kind,
  topic: ({ topic }) => topic,
  hop: ({ scenario }) =>
    scenarios
      .get(scenario)
      ?.hops.map(({ name }) => name)
      .join('\n'),
};

/** Whether a finding has what a word of the search asks for: text, `field:text`, or with a minus the lack of it.
 * @param {Finding} finding @param {string} word @returns {boolean} */
function has(finding, word) {
  if (word.length > 1 && word.startsWith('-')) return !has(finding, word.slice(1));
  const [, name = '', text = ''] = /^([a-z]+):(.+)$/.exec(word) ?? [];
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  return field ? (field(finding) ?? '').toLowerCase().includes(text) : textOf(finding).includes(word);
}

/** Words, and what stands between quotation marks as one.
 * @param {string} words */
const wordsOf = (words) =>
  [...words.toLowerCase().matchAll(/(-?(?:[a-z]+:)?)"([^"]+)"|(\S+)/g)].map(
    ([, before = '', quotation, word = '']) => (quotation === undefined ? word : `${before}${quotation}`),
  );

/** @param {Filter} filter @returns {Finding[]} */
export function matching({ outcomes, severities, kinds, topic, differs, flaky: unsteady, since, words }) {
  const changed = new Set(since.flatMap(changedIds));
  const wanted = wordsOf(words);
  return run.findings.filter(
    (finding) =>
      (outcomes.length === 0 || outcomes.includes(finding.state)) &&
      (severities.length === 0 || severities.includes(finding.severity ?? '')) &&
      (kinds.length === 0 || kinds.includes(finding.kind)) &&
      (topic === '' || finding.topic === topic) &&
      (!differs || unexpected(finding)) &&
      (!unsteady || flaky(finding)) &&
      (since.length === 0 || changed.has(finding.id)) &&
      wanted.every((word) => has(finding, word)),
  );
}
