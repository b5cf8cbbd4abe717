/**
 * Every view has an address: `#/?outcome=fail&severity=high&kind=hardening&topic=wss&since=new&q=nginx`, the same with `#/by-hop?…` and
 * `#/where?…`, `#/by-hop/<hop>`, `#/by-hop/<hop>/<topic>`, `#/by-hop/<hop>//<scenario>`, `#/scenario/<id>`, `#/scenario/<id>/<topic>`, `#/check/<id>`,
 * `#/finding/<id>`, `#/finding/<id>?of=<connection>&at=<entry>`, `#/idle`, `#/latency`, `#/audit`.
 * @typedef {{
 *   outcomes: string[], severities: string[], kinds: string[], topic: string, differs: boolean, flaky: boolean, all: boolean, since: string[], words: string,
 * }} Filter
 * @typedef {{ of?: string, at?: number }} Asks
 * @typedef {{ view: string, ids: string[], filter: Filter, asks: Asks }} Route
 */

/** @param {string} hash @returns {Route} */
export function parse(hash) {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [view = '', ...ids] = path.split('/').map(decoded);
  const asked = new URLSearchParams(query);
  const list = (/** @type {string} */ name) => (asked.get(name) ?? '').split(',').filter(Boolean);
  const [of, at] = [asked.get('of'), asked.get('at')];
  return {
    view,
    ids,
    asks: { ...(of && { of }), ...(at && /^\d{1,7}$/.test(at) && { at: Number(at) }) },
    filter: {
      outcomes: list('outcome'),
      severities: list('severity'),
      kinds: list('kind'),
      topic: asked.get('topic') ?? '',
      differs: asked.has('differs'),
      flaky: asked.has('flaky'),
      all: asked.has('all'),
      since: list('since'),
      words: asked.get('q') ?? '',
    },
  };
}

/** @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Messengers undo the escapes of addresses, and ids have slashes: where the parts name nothing, all of them may.
 * @param {string[]} ids @param {(id: string) => boolean} known
 * @returns {string[]} the id, and what follows it */
export function mended(ids, known) {
  const [id = ''] = ids;
  if (known(id)) return ids;
  for (let most = ids.length; most > 1; most--) {
    const joined = ids.slice(0, most).join('/');
    if (known(joined)) return [joined, ...ids.slice(most)];
  }
  return ids;
}

/** @param {string} view @param {...string} ids */
export const address = (view, ...ids) => `#/${[view, ...ids].map(encodeURIComponent).join('/')}`;

/** @param {string} to an address @param {Asks} asks */
export function asking(to, { of, at }) {
  const asked = new URLSearchParams();
  if (of !== undefined) asked.set('of', of);
  if (at !== undefined) asked.set('at', String(at));
  const query = asked.toString();
  return query ? `${to}?${query}` : to;
}

/** The address of the overview, narrowed; `view` says which matrix it has.
 * @param {Filter} filter @param {string} [view] */
export function filtered(
  { outcomes, severities, kinds, topic, differs, flaky, all, since, words },
  view = '',
) {
  const asked = new URLSearchParams();
  if (outcomes.length > 0) asked.set('outcome', outcomes.join(','));
  if (severities.length > 0) asked.set('severity', severities.join(','));
  if (kinds.length > 0) asked.set('kind', kinds.join(','));
  if (topic) asked.set('topic', topic);
  if (differs) asked.set('differs', '1');
  if (flaky) asked.set('flaky', '1');
  if (all) asked.set('all', '1');
  if (since.length > 0) asked.set('since', since.join(','));
  if (words) asked.set('q', words);
  const query = asked.toString();
  return query ? `#/${view}?${query}` : `#/${view}`;
}
