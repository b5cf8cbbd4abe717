import { octets } from './hex.js';

/** @typedef {import('../payload.js').Index} Index */
/** @typedef {import('../payload.js').Detail} Detail */
/** @typedef {import('../payload.js').ShownFinding} Finding */
/** @typedef {import('../payload.js').ShownHop} Hop */
/** @typedef {Index['scenarios'][number]} Scenario */
/** @typedef {Index['checks'][number]} Check */

/** @type {Index} */
export const run = JSON.parse(document.getElementById('index')?.textContent ?? '');

export const scenarios = new Map(run.scenarios.map((scenario) => [scenario.id, scenario]));
export const checks = new Map(run.checks.map((check) => [check.id, check]));
export const findings = new Map(run.findings.map((finding) => [finding.id, finding]));
export const states = new Map(run.states.map((state) => [state.id, state]));

/** Whether somebody ought to look: it differs from what is expected, or could not be judged.
 * @param {Finding} finding */
export const unexpected = (finding) =>
  finding.differs || finding.state === 'error' || finding.state === 'fail';

/** Worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'];

/** The worst first: by state, then by severity.
 * @param {readonly Finding[]} found
 * @returns {Finding[]} */
export function worstFirst(found) {
  const order = run.states.map(({ id }) => id);
  const rank = (/** @type {Finding} */ { state, severity }) =>
    order.indexOf(state) * 10 + SEVERITIES.indexOf(severity ?? 'info');
  return [...found].sort((a, b) => rank(a) - rank(b));
}

/** The worst state among the findings and how many have it.
 * @param {Finding[]} found */
export function worst(found) {
  for (const state of run.states) {
    const count = found.filter((finding) => finding.state === state.id).length;
    if (count > 0) return { state, count };
  }
  return undefined;
}

/** @type {Map<string, Promise<Detail>>} */
const read = new Map();

/** Config, logs and evidence of a scenario; unpacked at the first look.
 * @param {string} scenario
 * @returns {Promise<Detail>} */
export function detail(scenario) {
  const known = read.get(scenario) ?? unpack(run.scenarios.findIndex(({ id }) => id === scenario));
  read.set(scenario, known);
  return known;
}

/** @param {number} index @returns {Promise<Detail>} */
async function unpack(index) {
  const packed = document.querySelectorAll('script.detail')[index]?.textContent ?? '';
  const stream = new Blob([octets(packed)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}
