import { asMarkdown } from './as-markdown.js';
import { coded } from './changes.js';
import { copying } from './copy.js';
import { checks, detail, run } from './data.js';
import { h } from './dom.js';
import { brief, whoDid } from './entries.js';
import { referencesOf } from './finding.js';
import { fixesOf } from './fixes.js';
import { digits, latin1, octets } from './hex.js';
import { badgeOf, briefly } from './parts.js';
import { proof, remedyOf } from './remedy.js';
import { address } from './route.js';
import { changesOf } from './since.js';

/** @typedef {import('./data.js').Finding} Finding */
/** @typedef {import('./entries.js').Evidence} Evidence */

const MOST_ENTRIES = 14;
const MOST_OCTETS = 40;
const MOST_HEAD = 1200;

/** A finding of an audit: what it is in two lines, and what to know and to do when it is opened.
 * @param {Finding} finding @param {boolean} open */
export function card(finding, open) {
  const claim = checks.get(finding.check) ?? { id: finding.check };
  const { severity, kind } = finding;
  const changes = changesOf(finding.id).map((change) => h('span', { class: `change tag ${change}` }, change));
  const exchange = h('div', { class: 'exchange' });
  const card = h(
    'details',
    { class: `card ${finding.state}`, open, ontoggle: () => card.hasAttribute('open') && tell() },
    h(
      'summary',
      {},
      badgeOf(finding),
      severity !== undefined && h('span', { class: `grade ${severity}` }, severity),
      h('span', { class: 'card-kind' }, run.scenarios.length > 1 ? `${kind}, ${finding.scenario}` : kind),
      h('strong', {}, claim.title ?? finding.check),
      changes,
      h('span', { class: 'card-seen' }, finding.actualText ?? finding.message),
    ),
    h(
      'div',
      { class: 'card-body' },
      judged(finding, claim),
      finding.accepted &&
        h(
          'p',
          { class: 'because' },
          h('strong', {}, `Accepted until ${finding.accepted.until}: `),
          finding.because ?? '',
        ),
      claim.why !== undefined && h('p', {}, h('strong', {}, 'Why it matters: '), claim.why),
      claim.remedy !== undefined &&
        h('p', { class: 'remedy' }, h('strong', {}, 'Remedy: '), coded(claim.remedy)),
      h('div', { class: 'fixes' }, fixesOf(claim)),
      finding.remedy ? remedyOf(finding.remedy, finding.proved) : finding.proved && proof(finding.proved),
      exchange,
      referencesOf([...(claim.cwe ? [claim.cwe] : []), ...(claim.refs ?? [])]),
      h(
        'p',
        { class: 'copies card-ways' },
        h(
          'a',
          { href: address('finding', finding.id), 'data-key': `card:${finding.id}` },
          h('code', {}, finding.id),
        ),
        copying('copy as Markdown', () => asMarkdown(finding)),
      ),
    ),
  );
  /** What crossed is unpacked at the first look. */
  const tell = () => {
    if (exchange.childNodes.length > 0) return;
    detail(finding.scenario).then(
      (large) => {
        const ordered = [...(large.evidence[finding.index] ?? [])].sort((a, b) => a.at - b.at);
        exchange.replaceChildren(...exchanged(ordered));
      },
      () =>
        exchange.replaceChildren('This part of the file cannot be read; run.json beside it holds the same.'),
    );
  };
  if (open) tell();
  return card;
}

/** @param {Finding} finding @param {Partial<import('./data.js').Check>} claim */
function judged({ state, expectedText, actualText, message }, claim) {
  const expected = expectedText ?? (state === 'skip' || state === 'error' ? undefined : claim.requirement);
  return h(
    'dl',
    {},
    expected !== undefined && h('div', {}, h('dt', {}, 'expected'), h('dd', {}, expected)),
    h(
      'div',
      { class: state },
      h('dt', {}, state === 'skip' ? 'not tried, because' : 'actual'),
      h('dd', {}, actualText ?? message),
    ),
  );
}

/** What went over the wire, the last entries, with their first octets.
 * @param {Evidence[]} ordered by time */
function exchanged(ordered) {
  const shown = ordered.slice(-MOST_ENTRIES);
  const began = shown[0]?.at ?? 0;
  if (shown.length === 0) return [h('p', { class: 'muted' }, 'Nothing crossed.')];
  const rows = shown.map((entry) =>
    h(
      'tr',
      {},
      h('td', { class: 'at' }, briefly(entry.at - began)),
      h('th', { scope: 'row' }, whoDid(entry)),
      h('td', {}, ...whatCrossed(entry)),
    ),
  );
  const left = ordered.length - shown.length;
  return [
    left > 0 && h('p', { class: 'muted' }, `The last ${shown.length} of ${ordered.length} entries:`),
    h('table', { class: 'logged' }, h('tbody', {}, rows)),
  ].filter((part) => part instanceof HTMLElement);
}

/** A head as text, anything else by its first octets.
 * @param {Evidence} entry */
function whatCrossed(entry) {
  const { mark, bytes } = entry;
  if (!bytes) return [brief(entry)];
  if (mark !== 'request' && mark !== 'response') return [brief(entry), firstOctets(bytes)];
  const head = latin1(bytes).trimEnd();
  return [h('pre', { class: 'first-octets' }, head.slice(0, MOST_HEAD), head.length > MOST_HEAD && ' …')];
}

/** @param {string} base64 */
function firstOctets(base64) {
  const all = octets(base64);
  const more = all.length > MOST_OCTETS ? ` … ${all.length - MOST_OCTETS} more` : '';
  return h('code', { class: 'first-octets' }, `${digits(all.subarray(0, MOST_OCTETS), ' ')}${more}`);
}
