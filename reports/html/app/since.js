import { run } from './data.js';

/** @typedef {'new' | 'worse' | 'slower' | 'still' | 'fixed' | 'skipped-before' | 'gone'} Change */

/** Worst first; a glyph and a word each.
 * @type {readonly { id: Change, glyph: string, means: string }[]} */
export const CHANGES = [
  { id: 'new', glyph: '▼', means: 'broken now, and was not, or was not tried' },
  { id: 'worse', glyph: '▽', means: 'broken before and now, and more so' },
  { id: 'slower', glyph: '◷', means: 'a measured time grew by more than half' },
  { id: 'still', glyph: '=', means: 'broken before and now' },
  { id: 'fixed', glyph: '▲', means: 'was broken, and holds now' },
  { id: 'skipped-before', glyph: '→', means: 'was skipped before, and is tried now' },
  { id: 'gone', glyph: '∅', means: 'was tried before, and is not any more' },
];

/** Those that are told: that nothing is worse goes without saying. */
export const toldChanges = () => CHANGES.filter(({ id }) => id !== 'worse' || changedIds(id).length > 0);

/** Ids of the findings that changed in that way.
 * @param {string} change
 * @returns {readonly string[]} */
export function changedIds(change) {
  if (!run.comparison || !CHANGES.some(({ id }) => id === change)) return [];
  const { skippedBefore = [], slower = [], worse = [], new: fresh, still, fixed, gone } = run.comparison;
  const told = { new: fresh, worse, still, fixed, gone, slower, 'skipped-before': skippedBefore };
  return told[/** @type {Change} */ (change)];
}

/** @type {Map<string, Change[]>} */
const changesById = new Map();

/** How a finding changed since the earlier run; `still` goes without saying.
 * @param {string} id */
export function changesOf(id) {
  if (changesById.size === 0)
    for (const { id: change } of CHANGES)
      for (const each of changedIds(change))
        changesById.set(each, [...(changesById.get(each) ?? []), change]);
  return (changesById.get(id) ?? []).filter((change) => change !== 'still');
}

/** How a finding was in the earlier run: `it was a pass; switchMs was 29, and is 539`.
 * @param {import('./data.js').Finding} finding
 * @returns {string} empty where it did not change */
export function wasOf({ id, measured }) {
  const all = run.comparison?.was ?? {};
  const was = Object.hasOwn(all, id) ? all[id] : undefined;
  if (!was) return '';
  const figures = Object.entries(was.measured ?? {}).map(
    ([key, then]) => `${key} was ${then}, and is ${measured?.[key]}`,
  );
  const before = was.outcome === undefined ? 'it was not there' : `it was ${was.outcome}`;
  return [before, ...figures].join('; ');
}

/** Ids that are gone and have no finding in this run.
 * @returns {string[]} */
export function absent() {
  const here = new Set(run.findings.map(({ id }) => id));
  return changedIds('gone').filter((id) => !here.has(id));
}
