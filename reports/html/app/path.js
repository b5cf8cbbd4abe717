import { h } from './dom.js';

/** @typedef {import('./data.js').Hop} Hop */

/** Whom a finding blames: names of hops, or `client` or `origin`; several where it could not tell.
 * @param {string | undefined} blame
 * @param {readonly Hop[]} hops */
export function blamed(blame, hops) {
  const fits = (/** @type {string} */ name) => (/** @type {Hop} */ hop) =>
    hop.name === name || hop.role === name;
  if (blame === undefined) return [];
  if (hops.some(fits(blame))) return hops.filter(fits(blame));
  return hops.filter((hop) => blame.split(' or ').some((name) => fits(name)(hop)));
}

/** client → hops → origin, with who they are, and a mark on those to blame.
 * @param {readonly Hop[]} hops
 * @param {import('./data.js').Finding} [told] */
export function path(hops, told) {
  const marked = blamed(told?.blame, hops);
  const good = told && ['pass', 'info', 'skip'].includes(told.outcome);
  const words = good ? 'its doing' : marked.length > 1 ? '✗ one of these broke it' : '✗ broke here';
  const steps = hops.map((hop) => {
    const mark = marked.includes(hop);
    return h(
      'li',
      { class: mark ? `hop ${good ? 'did' : 'blamed'}` : 'hop' },
      h(
        'span',
        { class: 'role' },
        hop.role === 'client' || hop.role === 'origin' ? hop.role : `${hop.role} proxy`,
      ),
      h('strong', {}, hop.name),
      h('span', { class: 'facts' }, [hop.version, hop.runtime].filter(Boolean).join(' · ')),
      hop.title && hop.title !== hop.name && h('span', { class: 'facts' }, hop.title),
      hop.standIn && h('span', { class: 'stand-in' }, 'stand-in, not the product'),
      mark && h('span', { class: 'mark' }, words),
    );
  });
  return h('ol', { class: 'hops', 'aria-label': 'The path, from client to origin' }, steps);
}

/** Version, configuration and log of each hop, closed until asked for.
 * @param {readonly Hop[]} hops
 * @param {import('./data.js').Detail} detail
 * @param {string} [blame] */
export function hopDetails(hops, detail, blame) {
  const marked = blamed(blame, hops);
  return hops.flatMap((hop, i) => {
    const { files = {}, log } = detail.hops[i] ?? {};
    const texts = Object.entries(files).map(([name, text]) => ({ name, text, kind: 'set-up' }));
    if (log) texts.push({ name: 'log, last lines', text: log, kind: 'set-up log' });
    return texts.map(({ name, text, kind }) =>
      h(
        'details',
        { class: kind, open: marked.includes(hop) },
        h('summary', {}, h('strong', {}, hop.name), ' ', hop.version ?? '', ' ', h('code', {}, name)),
        h('pre', {}, text),
      ),
    );
  });
}
