import { run, scenarios } from './data.js';
import { h, visible } from './dom.js';
import { grid, grouped } from './matrix.js';
import { list, section, trail } from './parts.js';
import { blamed } from './path.js';
import { address } from './route.js';

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
  for (const finding of found) {
    const hops = scenarios.get(finding.scenario)?.hops ?? [];
    const blames = blamed(finding.blame, hops);
    const near =
      blames.length > 0 ? blames : hops.filter(({ role }) => role !== 'client' && role !== 'origin');
    for (const name of new Set(near.map(memberOf))) {
      const group = groups.get(name);
      if (group) group.push(finding);
      else groups.set(name, [finding]);
    }
  }
  return groups;
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
  return grid('hop', rows, found, filter, 'by-hop');
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

/** What a hop is to blame for, and what was found without blame where it stands.
 * @param {string} name @param {string} [topic]
 * @returns {HTMLElement[] | undefined} */
export function hop(name, topic) {
  const all = byMember(run.findings).get(name);
  if (!all) return undefined;
  const found = topic === undefined ? all : all.filter((finding) => finding.topic === topic);
  const named = found.filter(({ blame }) => blame !== undefined);
  const others = found.filter(({ blame }) => blame === undefined);
  const of = topic === undefined ? '' : ` on ${topic}`;
  return [
    trail(
      ['#/by-hop', 'all hops'],
      ...(topic === undefined ? [] : [/** @type {[string, string]} */ ([address('by-hop', name), name])]),
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
