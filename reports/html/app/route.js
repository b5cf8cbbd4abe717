/**
 * Every view has an address: `#/?outcome=fail&topic=wss&q=nginx`, `#/scenario/<id>`, `#/scenario/<id>/<topic>`,
 * `#/check/<id>`, `#/finding/<id>`.
 * @typedef {{ outcomes: string[], topic: string, differs: boolean, all: boolean, words: string }} Filter
 * @typedef {{ view: string, ids: string[], filter: Filter }} Route
 */

/** @param {string} hash @returns {Route} */
export function parse(hash) {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [view = '', ...ids] = path.split('/').map(decoded);
  const asked = new URLSearchParams(query);
  return {
    view,
    ids,
    filter: {
      outcomes: (asked.get('outcome') ?? '').split(',').filter(Boolean),
      topic: asked.get('topic') ?? '',
      differs: asked.has('differs'),
      all: asked.has('all'),
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

/** @param {string} view @param {...string} ids */
export const address = (view, ...ids) => `#/${[view, ...ids].map(encodeURIComponent).join('/')}`;

/** @param {Filter} filter */
export function filtered({ outcomes, topic, differs, all, words }) {
  const asked = new URLSearchParams();
  if (outcomes.length > 0) asked.set('outcome', outcomes.join(','));
  if (topic) asked.set('topic', topic);
  if (differs) asked.set('differs', '1');
  if (all) asked.set('all', '1');
  if (words) asked.set('q', words);
  const query = asked.toString();
  return query ? `#/?${query}` : '#/';
}
