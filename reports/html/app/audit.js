import { changeTables, coded } from './changes.js';
import { checks, detail, run, scenarios, unexpected, worstFirst } from './data.js';
import { h } from './dom.js';
import { ofHeads, referencesOf } from './finding.js';
import { fixesOf } from './fixes.js';
import { grouped } from './grouped.js';
import { matrix } from './matrix.js';
import { facts, moment, whose } from './overview.js';
import { badge, badgeOf, count, section, trail } from './parts.js';
import { blamed } from './path.js';
import { proof, remedyOf } from './remedy.js';
import { address } from './route.js';
import { changedIds, toldChanges } from './since.js';
import { auditFacts, topicTable } from './topics.js';

/** @typedef {import('./data.js').Finding} Finding */

/** All that somebody ought to read, on one page that prints well.
 * @returns {HTMLElement[]} */
export function audit() {
  const odd = worstFirst(run.findings.filter(unexpected));
  const warned = run.findings.filter((finding) => finding.state === 'warn' && !unexpected(finding));
  const known = run.findings.filter(({ state }) => state === 'known');
  const accepted = run.findings.filter(({ state }) => state === 'accepted');
  const skipped = run.findings.filter(({ state }) => state === 'skip');
  const table = run.audit ? topicTable(NO_FILTER, true) : matrix(run.findings, NO_FILTER, false);
  return [
    trail(['#/', 'all scenarios']),
    h('h1', { tabindex: -1 }, run.verdict),
    ...whose(),
    auditFacts(),
    facts(),
    h('p', { class: 'tallies' }, tallies()),
    run.comparison && h('p', {}, comparisonWords()),
    h(
      'p',
      { class: 'on-screen' },
      h('button', { type: 'button', class: 'chip', onclick: () => print() }, 'Print, or save as PDF'),
    ),
    table && section(run.audit ? 'By topic' : 'Scenarios by topic', table),
    section(
      `Not as expected: ${count(odd.length, 'finding')}`,
      ...(odd.length > 0
        ? [...grouped(odd, likeness).values()].map(told)
        : [h('p', { class: 'muted' }, 'Everything is as expected.')]),
    ),
    warned.length > 0 &&
      section(
        `Worth a look: ${count(warned.length, 'finding')}`,
        ...(run.audit
          ? [...grouped(worstFirst(warned), likeness).values()].map(told)
          : [reasons(warned, ({ actualText, message }) => actualText ?? message)]),
      ),
    accepted.length > 0 &&
      section(
        `Accepted: ${count(accepted.length, 'finding')}`,
        reasons(accepted, ({ because, accepted: how }) => `${because ?? ''} (until ${how?.until})`),
      ),
    known.length > 0 &&
      section(
        `Known to break: ${count(known.length, 'finding')}`,
        reasons(known, ({ because, message }) => because ?? message),
      ),
    skipped.length > 0 &&
      section(
        `Not tried: ${count(skipped.length, 'finding')}`,
        reasons(skipped, ({ message }) => message),
      ),
    !run.audit && section('What was tried', paths()),
  ].filter((part) => part instanceof HTMLElement);
}

/** @type {import('./route.js').Filter} */
const NO_FILTER = {
  outcomes: [],
  severities: [],
  kinds: [],
  topic: '',
  differs: false,
  flaky: false,
  all: false,
  since: [],
  words: '',
};

function tallies() {
  return run.states.flatMap((state) => {
    const n = run.findings.filter((finding) => finding.state === state.id).length;
    return n > 0 ? [badge(state, String(n)), ' '] : [];
  });
}

function comparisonWords() {
  const n = (/** @type {string} */ change) => `${changedIds(change).length} ${change}`;
  const told = toldChanges()
    .map(({ id }) => n(id))
    .join(', ');
  return `Since the run of ${moment(run.comparison?.startedAt ?? '')}: ${told}.`;
}

/** What findings that are told together have in common.
 * @param {Finding} finding */
const likeness = ({
  check,
  state,
  message,
  expectedText,
  actualText,
  blame,
  did,
  measured,
  remedy,
  proved,
}) => JSON.stringify([check, state, message, expectedText, actualText, blame, did, measured, remedy, proved]);

/** @param {import('./data.js').Hop} hop */
const nameOf = ({ role, name, version }) =>
  [role === 'client' && name !== role ? `client (${name})` : name, version].filter(Boolean).join(' ');

/** @param {Finding} finding */
function where({ scenario }) {
  const place = scenarios.get(scenario);
  return `${place?.title ?? scenario}: ${(place?.hops ?? []).map(nameOf).join(' → ')}`;
}

/** What was found alike, in full but for the transcripts.
 * @param {Finding[]} found one or more */
function told(found) {
  const finding = /** @type {Finding} */ (found[0]);
  const claim = checks.get(finding.check) ?? { id: finding.check };
  const changes = h('div');
  detail(finding.scenario).then(
    (large) => {
      const done = large.changes[finding.index] ?? [];
      const blame = blamed(finding.blame, scenarios.get(finding.scenario)?.hops ?? []).map(
        ({ name }) => name,
      );
      changes.replaceChildren(
        ...changeTables(done, { blame, check: finding.check, heads: ofHeads(finding) }),
      );
    },
    () => {},
  );
  const rows = [
    ['where', found.map(where).join('\n')],
    ['expected', finding.expectedText ?? claim.requirement],
    ['seen', finding.actualText ?? finding.message],
    ['to blame', finding.did ? coded(finding.did) : finding.blame],
    [
      'measured',
      Object.entries(finding.measured ?? {})
        .map(([key, value]) => `${key} ${value}`)
        .join(', '),
    ],
    ['why it matters', claim.why],
    ['remedy', finding.remedy ? undefined : claim.remedy],
  ];
  return h(
    'article',
    { class: 'audited' },
    h(
      'h3',
      {},
      badgeOf(finding),
      ' ',
      claim.title ?? finding.check,
      finding.severity && h('span', { class: 'muted' }, ` ${finding.severity}`),
      claim.kind && h('span', { class: 'muted' }, ` ${claim.kind}`),
    ),
    h(
      'ul',
      { class: 'id plain' },
      found.map(({ id }) => h('li', {}, h('a', { href: address('finding', id) }, id))),
    ),
    h(
      'table',
      { class: 'facts-table' },
      h(
        'tbody',
        {},
        rows.map(([name, text]) => text && h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, text))),
      ),
    ),
    ...fixesOf(claim),
    referencesOf([...(claim.cwe ? [claim.cwe] : []), ...(claim.refs ?? [])]),
    finding.remedy ? remedyOf(finding.remedy, finding.proved) : finding.proved && proof(finding.proved),
    changes,
  );
}

/** How many for each reason, the commonest first.
 * @param {Finding[]} found @param {(finding: Finding) => string} reasonOf */
function reasons(found, reasonOf) {
  const groups = [...grouped(found, reasonOf)].sort(([, a], [, b]) => b.length - a.length);
  return h(
    'table',
    { class: 'facts-table reasons' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'why'), h('th', { scope: 'col' }, 'findings'))),
    h(
      'tbody',
      {},
      groups.map(([reason, own]) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, reason),
          h(
            'td',
            {},
            own.length > 3
              ? `${own.length}, at ${count(new Set(own.map(({ scenario }) => scenario)).size, 'place')}`
              : own.map(({ id }) => id).join(', '),
          ),
        ),
      ),
    ),
  );
}

function paths() {
  const rows = run.scenarios.map(({ id, title, hops }) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, id),
      h('td', {}, title),
      h(
        'td',
        {},
        hops
          .map(
            (hop) =>
              `${nameOf(hop)}${hop.runtime ? ` (${hop.runtime})` : ''}${hop.standIn ? ', a stand-in' : ''}`,
          )
          .join(' → '),
      ),
    ),
  );
  const names = ['scenario', 'what it is', 'path'];
  return h(
    'table',
    { class: 'facts-table' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        names.map((name) => h('th', { scope: 'col' }, name)),
      ),
    ),
    h('tbody', {}, rows),
  );
}
