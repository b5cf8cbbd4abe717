import { checks, run, scenarios, unexpected } from './data.js';
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
    finding.because,
  ];
  parts.push(scenario?.title, check?.title, check?.requirement, check?.cwe);
  for (const hop of scenario?.hops ?? []) parts.push(hop.name, hop.title, hop.version);
  for (const [key, value] of Object.entries(finding.measured ?? {})) parts.push(`${key} ${value}`);
  const text = parts.join('\n').toLowerCase();
  texts.set(finding, text);
  return text;
}

/** @param {Filter} filter */
export const narrows = ({ outcomes, topic, differs, since, words }) =>
  outcomes.length > 0 || topic !== '' || differs || since.length > 0 || words !== '';

/** @param {Filter} filter @returns {Finding[]} */
export function matching({ outcomes, topic, differs, since, words }) {
  const changed = new Set(since.flatMap(changedIds));
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return run.findings.filter(
    (finding) =>
      (outcomes.length === 0 || outcomes.includes(finding.state)) &&
      (topic === '' || finding.topic === topic) &&
      (!differs || unexpected(finding)) &&
      (since.length === 0 || changed.has(finding.id)) &&
      wanted.every((word) => textOf(finding).includes(word)),
  );
}
