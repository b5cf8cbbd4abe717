import { asMarkdown } from './as-markdown.js';
import { capture } from './capture.js';
import { changeTables, coded } from './changes.js';
import { copying } from './copy.js';
import { checks, detail, findings, run, scenarios, unexpected } from './data.js';
import { h } from './dom.js';
import { fixesOf } from './fixes.js';
import { logged } from './logs.js';
import { badgeOf, duration, flaky, section, trail } from './parts.js';
import { blamed, hopDetails, path } from './path.js';
import { reference } from './reference.js';
import { proof, remedyOf } from './remedy.js';
import { address, asking } from './route.js';
import { changesOf, wasOf } from './since.js';
import { wire } from './wire.js';

/** @typedef {import('./data.js').Finding} Finding */
/** @typedef {import('./data.js').Check} Check */

/** @param {string} id @param {import('./route.js').Asks} asked @returns {HTMLElement[] | undefined} */
export function finding(id, asked) {
  const told = findings.get(id);
  if (!told) return undefined;
  const place = scenarios.get(told.scenario);
  const hops = place?.hops ?? [];
  const claim = checks.get(told.check) ?? { id: told.check };
  const record = h('div', { class: 'record' }, h('p', { class: 'muted' }, 'Reading…'));
  detail(told.scenario).then(
    (large) => {
      const texts = hopDetails(hops, large, told.blame);
      const changes = large.changes[told.index] ?? [];
      const ordered = [...(large.evidence[told.index] ?? [])].sort((a, b) => a.at - b.at);
      const addressOf = (/** @type {import('./wire.js').Asked} */ to) => asking(address('finding', id), to);
      const blame = blamed(told.blame, hops).map(({ name }) => name);
      const heads = ofHeads(told);
      const lines = logged(ordered, (at) => addressOf({ of: ordered[at]?.of, at }));
      record.replaceChildren(
        ...(changes.length > 0
          ? [section('What each hop did', ...changeTables(changes, { blame, check: told.check, heads }))]
          : []),
        ...(lines ? [section('What the hops logged', lines)] : []),
        section('On the wire', capture(place?.capture), wire(ordered, hops, asked, { addressOf, heads })),
        ...(texts.length > 0 ? [section('How the hops are set up', ...texts)] : []),
      );
    },
    () => record.replaceChildren('This part of the file cannot be read; run.json beside it holds the same.'),
  );
  return [
    trail(['#/', 'all scenarios'], [address('scenario', told.scenario), told.scenario]),
    h('h1', { tabindex: -1 }, badgeOf(told), ' ', claim.title ?? told.check),
    h('p', { class: 'id' }, told.id),
    path(hops, told),
    told.blame !== undefined && blamed(told.blame, hops).length === 0 && h('p', {}, 'To blame: ', told.blame),
    h(
      'div',
      { class: 'columns' },
      seen(told),
      h('aside', {}, measured(told), about(claim, told), odds(told)),
      record,
    ),
    beside(told),
  ].filter((part) => part !== false);
}

/** Whether it is about what became of heads.
 * @param {Finding} told */
export const ofHeads = ({ topic, measured }) => topic === 'opening' || measured?.handshake === 'refused';

/** @param {Finding} told */
function seen(told) {
  const judged = ['pass', 'fail', 'warn', 'known', 'accepted'].includes(told.state);
  const expected = told.expectedText ?? (judged ? checks.get(told.check)?.requirement : undefined);
  const actual = told.actualText ?? told.message;
  return h(
    'section',
    { class: 'verdict', 'aria-label': 'Expected and seen' },
    told.actualText !== undefined &&
      told.message !== told.actualText &&
      h('p', { class: 'message' }, told.message),
    h(
      'dl',
      {},
      expected !== undefined && h('div', {}, h('dt', {}, 'expected'), h('dd', {}, expected)),
      h(
        'div',
        { class: told.state },
        h('dt', {}, told.outcome === 'skip' ? 'not tried, because' : 'actual'),
        h('dd', {}, actual),
      ),
    ),
    told.did !== undefined && h('p', { class: 'did-it' }, coded(told.did)),
    (told.expected !== 'pass' || told.because !== undefined) &&
      h(
        'p',
        { class: 'because' },
        h(
          'strong',
          {},
          told.accepted ? `Accepted until ${told.accepted.until}, ` : `Expected here: ${told.expected}, `,
        ),
        told.because === undefined ? 'without a reason given' : `because ${told.because}`,
      ),
    told.remedy && section('Remedy', remedyOf(told.remedy, told.proved)),
  );
}

/** @param {Finding} told */
function measured(told) {
  const figures = Object.entries(told.measured ?? {});
  if (figures.length === 0) return false;
  const rows = figures.map(([key, value]) =>
    h('tr', {}, h('th', { scope: 'row' }, key), h('td', {}, figure(key, value))),
  );
  return section('Measured', h('table', { class: 'measured' }, h('tbody', {}, rows)));
}

/** @param {string} key @param {number | string | boolean} value */
function figure(key, value) {
  if (value === '') return h('span', { class: 'muted' }, 'none');
  if (typeof value !== 'number' || !key.endsWith('Ms')) return String(value);
  return value === -1 ? 'none in the time watched' : `${value} ms`;
}

/** What is claimed, why it matters, and what to do.
 * @param {Check} claim
 * @param {Pick<Finding, 'remedy' | 'proved' | 'severity'>} [told] what is told of it elsewhere is left out */
export function about(claim, { remedy, proved, severity = claim.severity } = {}) {
  const refs = [...(claim.refs ?? []), ...(claim.cwe ? [claim.cwe] : [])];
  return section(
    'The claim',
    claim.requirement !== undefined && h('blockquote', {}, claim.requirement),
    claim.why !== undefined && h('p', {}, claim.why),
    claim.remedy !== undefined &&
      h('p', { class: 'remedy' }, h('strong', {}, remedy ? 'In general: ' : 'Remedy: '), claim.remedy),
    proved && !remedy && proof(proved),
    ...fixesOf(claim),
    referencesOf(refs),
    severity !== undefined &&
      h(
        'p',
        { class: 'muted' },
        `Severity ${severity}${claim.kind ? `, ${claim.kind}` : ''}${claim.reach && claim.reach !== 'safe' ? `; ${claim.reach}: it may disturb the far end` : ''}`,
      ),
  );
}

/** Standards and weaknesses, as links.
 * @param {readonly string[]} refs */
export function referencesOf(refs) {
  return (
    refs.length > 0 &&
    h(
      'ul',
      { class: 'refs', 'aria-label': 'References' },
      refs.map((ref) => h('li', {}, reference(ref))),
    )
  );
}

/** @param {Finding} told */
function odds(told) {
  return section(
    'This try',
    h(
      'p',
      {},
      `Took ${duration(told.ms)}${told.tries ? `, tried ${told.tries} times` : ''}, at ${told.startedAt.replace('T', ' ').replace('Z', ' UTC')}.`,
    ),
    wasOf(told) !== '' &&
      h('p', {}, h('strong', {}, 'In the run before: '), changesOf(told.id).join(', '), `; ${wasOf(told)}.`),
    flaky(told) &&
      h(
        'p',
        {},
        h('strong', {}, '≈ Flaky: '),
        `it came out otherwise ${told.tries === 2 ? 'once' : `${(told.tries ?? 2) - 1} times`} before it came out as expected.`,
      ),
    h('p', {}, h('a', { href: address('check', told.check) }, 'The same check everywhere')),
    h(
      'p',
      { class: 'copies' },
      copying('copy as Markdown', () => asMarkdown(told)),
    ),
  );
}

/** @param {Finding} told */
function beside(told) {
  const at = run.findings.indexOf(told);
  const odd = run.findings.filter((each, i) => unexpected(each) && i !== at);
  const later = odd.find((each) => run.findings.indexOf(each) > at);
  const earlier = odd.findLast((each) => run.findings.indexOf(each) < at);
  const link = (
    /** @type {Finding | undefined} */ to,
    /** @type {string} */ key,
    /** @type {string} */ words,
  ) =>
    to &&
    h(
      'a',
      { href: address('finding', to.id), 'data-step': key },
      `${words} `,
      h('code', {}, to.id),
      ' ',
      h('kbd', {}, key),
    );
  return h(
    'nav',
    { class: 'beside', 'aria-label': 'Other findings' },
    link(run.findings[at - 1], 'k', 'Previous'),
    link(run.findings[at + 1], 'j', 'Next'),
    link(earlier, 'p', 'Previous not as expected'),
    link(later, 'n', 'Next not as expected'),
  );
}
