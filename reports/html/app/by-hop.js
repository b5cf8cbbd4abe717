import { run, scenarios, unexpected } from './data.js';
import { h, visible } from './dom.js';
import { grouped } from './grouped.js';
import { grid, scenarioRows, topicColumns } from './matrix.js';
import { list, section, trail } from './parts.js';
import { blamed } from './path.js';
import { address, filtered } from './route.js';

/** @typedef {import('./data.js').Finding} Finding */
/** @typedef {import('./data.js').Hop} Hop */

/** The row that a member of a path belongs to: a product has one, whatever places it stands in.
 * @param {Hop} hop */
const memberOf = ({ role, name }) => (role === 'client' || role === 'origin' ? role : visible(name));

/** Findings by member of the path: what it is to blame for, and where nobody is, all at places that it stands in.
 * @param {readonly Finding[]} found
 * @returns {Map<string, Finding[]>} */
function byMember(found) {
  /** @type {Map<string, Finding[]>} */
  const groups = new Map();
  for (const finding of found)
    for (const name of membersOf(finding)) {
      const group = groups.get(name);
      if (group) group.push(finding);
      else groups.set(name, [finding]);
    }
  return groups;
}

/** @param {Finding} finding @returns {Set<string>} */
function membersOf({ scenario, blame }) {
  const hops = scenarios.get(scenario)?.hops ?? [];
  const blames = blamed(blame, hops);
  const near = blames.length > 0 ? blames : hops.filter(({ role }) => role !== 'client' && role !== 'origin');
  return new Set(near.map(memberOf));
}

/** Who is to blame for what is not as expected, the worst first; one of two counts for both.
 * @returns {[string, number][]} */
export function culprits() {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const finding of run.findings.filter(unexpected))
    for (const hop of new Set(
      blamed(finding.blame, scenarios.get(finding.scenario)?.hops ?? []).map(memberOf),
    ))
      counts.set(hop, (counts.get(hop) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** Hops in the order in which they are met, then the ends. */
function members() {
  const all = run.scenarios.flatMap(({ hops }) => hops);
  const inner = all.filter(({ role }) => role !== 'client' && role !== 'origin').map(memberOf);
  return [...new Set(inner), 'client', 'origin'];
}

/** Intermediary × topic.
 * @param {Finding[]} found @param {import('./route.js').Filter} filter */
export function hopMatrix(found, filter) {
  const groups = byMember(found);
  const rows = members().flatMap((name) => {
    const own = groups.get(name);
    if (!own) return [];
    const to = (/** @type {string | undefined} */ topic) =>
      topic === undefined ? address('by-hop', name) : address('by-hop', name, topic);
    return [{ id: name, head: hopHead(name), found: own, to }];
  });
  const columns = topicColumns(found, filter, 'by-hop');
  return grid('hop', rows, columns, found, filtered({ ...filter, all: true }, 'by-hop'));
}

/** Scenario × intermediary.
 * @param {Finding[]} found @param {import('./route.js').Filter} filter @param {boolean} narrowed */
export function whereMatrix(found, filter, narrowed) {
  const near = new Map(found.map((finding) => [finding, membersOf(finding)]));
  const columns = members()
    .filter((name) => found.some((finding) => near.get(finding)?.has(name)))
    .map((name) => ({
      id: name,
      has: (/** @type {Finding} */ finding) => near.get(finding)?.has(name) ?? false,
      to: address('by-hop', name),
    }));
  const rows = scenarioRows(found, narrowed, (id, name) =>
    name === undefined ? address('scenario', id) : address('by-hop', name, '', id),
  );
  return grid('scenario', rows, columns, found, filtered({ ...filter, all: true }, 'where'));
}

/** @param {string} name */
function hopHead(name) {
  return h(
    'th',
    { scope: 'row' },
    h('a', { href: address('by-hop', name), 'data-key': `row:${name}`, 'data-cell': true }, name),
    h('span', { class: 'path-line' }, versionsOf(name)),
  );
}

/** @param {string} name */
function versionsOf(name) {
  const hops = run.scenarios.flatMap((scenario) => scenario.hops.filter((hop) => memberOf(hop) === name));
  const told = [
    ...new Set(
      hops.map((hop) =>
        [hop.role === name && hop.name !== name && hop.name, hop.version].filter(Boolean).join(' '),
      ),
    ),
  ];
  const places = grouped(
    run.scenarios.filter(({ hops: own }) => own.some((hop) => memberOf(hop) === name)),
    ({ id }) => id,
  );
  return `${told.filter(Boolean).join(', ')}${told.some(Boolean) ? ', ' : ''}at ${places.size} of ${run.scenarios.length} places`;
}

/** What a hop is to blame for, and what was found without blame where it stands; on one topic or at one place only,
 * where that is not empty.
 * @param {string} name @param {string} [topic] @param {string} [place]
 * @returns {HTMLElement[] | undefined} */
export function hop(name, topic = '', place = '') {
  const all = byMember(run.findings).get(name);
  if (!all) return undefined;
  const found = all.filter(
    (finding) => (!topic || finding.topic === topic) && (!place || finding.scenario === place),
  );
  const named = found.filter(({ blame }) => blame !== undefined);
  const others = found.filter(({ blame }) => blame === undefined);
  const of = `${topic && ` on ${topic}`}${place && ` at ${place}`}`;
  return [
    trail(
      ['#/by-hop', 'all hops'],
      ...(of ? [/** @type {[string, string]} */ ([address('by-hop', name), name])] : []),
    ),
    h('h1', { tabindex: -1 }, `${name}${of}`),
    h('p', { class: 'id' }, versionsOf(name)),
    section(
      `Its doing, or perhaps its doing: ${named.length}`,
      named.length > 0 ? list(named, {}) : h('p', { class: 'muted' }, 'Nothing.'),
    ),
    section(
      `Where it stands, and nobody is to blame: ${others.length}`,
      others.length > 0 ? list(others, {}) : h('p', { class: 'muted' }, 'Nothing.'),
    ),
  ];
}
