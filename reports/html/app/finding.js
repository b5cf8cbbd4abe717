import { checks, detail, findings, run, scenarios } from './data.js';
import { h, outward } from './dom.js';
import { badgeOf, duration, section, trail } from './parts.js';
import { blamed, hopDetails, path } from './path.js';
import { address } from './route.js';
import { wire } from './wire.js';

/** @typedef {import('./data.js').Finding} Finding */
/** @typedef {import('./data.js').Check} Check */

/** @param {string} id @returns {HTMLElement[] | undefined} */
export function finding(id) {
  const told = findings.get(id);
  if (!told) return undefined;
  const hops = scenarios.get(told.scenario)?.hops ?? [];
  const claim = checks.get(told.check) ?? { id: told.check };
  const record = h('div', { class: 'record' }, h('p', { class: 'muted' }, 'Reading…'));
  detail(told.scenario).then(
    (large) => {
      const texts = hopDetails(hops, large, told.blame);
      record.replaceChildren(
        section('On the wire', wire(large.evidence[told.index] ?? [], hops)),
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
      h('aside', {}, measured(told), about(claim), odds(told)),
      record,
    ),
    beside(told),
  ].filter((part) => part !== false);
}

/** @param {Finding} told */
function seen(told) {
  const judged = ['pass', 'fail', 'warn', 'known'].includes(told.state);
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
    (told.expected !== 'pass' || told.because !== undefined) &&
      h(
        'p',
        { class: 'because' },
        h('strong', {}, `Expected here: ${told.expected}, `),
        told.because === undefined ? 'without a reason given' : `because ${told.because}`,
      ),
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
  if (typeof value !== 'number' || !key.endsWith('Ms')) return String(value);
  return value === -1 ? 'none in the time watched' : `${value} ms`;
}

/** What is claimed, why it matters, and what to do.
 * @param {Check} claim */
export function about(claim) {
  const refs = [...(claim.refs ?? []), ...(claim.cwe ? [claim.cwe] : [])];
  return section(
    'The claim',
    claim.requirement !== undefined && h('blockquote', {}, claim.requirement),
    claim.why !== undefined && h('p', {}, claim.why),
    claim.remedy !== undefined && h('p', { class: 'remedy' }, h('strong', {}, 'Remedy: '), claim.remedy),
    refs.length > 0 &&
      h(
        'ul',
        { class: 'refs', 'aria-label': 'References' },
        refs.map((ref) => h('li', {}, reference(ref))),
      ),
    claim.severity !== undefined &&
      h(
        'p',
        { class: 'muted' },
        `Severity ${claim.severity}${claim.reach && claim.reach !== 'safe' ? `; ${claim.reach}: it may disturb the far end` : ''}`,
      ),
  );
}

/** `RFC 6455 §5.1` and `CWE-436` have addresses.
 * @param {string} ref */
function reference(ref) {
  const [, rfc, part] = /^RFC (\d+)(?: §([\d.]+))?$/.exec(ref) ?? [];
  if (rfc) return outward(`https://www.rfc-editor.org/rfc/rfc${rfc}${part ? `#section-${part}` : ''}`, ref);
  const [, cwe] = /^CWE-(\d+)$/.exec(ref) ?? [];
  if (cwe) return outward(`https://cwe.mitre.org/data/definitions/${cwe}.html`, ref);
  return outward(ref);
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
    h('p', {}, h('a', { href: address('check', told.check) }, 'The same check everywhere')),
  );
}

/** @param {Finding} told */
function beside(told) {
  const at = run.findings.indexOf(told);
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
  );
}
