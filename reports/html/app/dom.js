/** @typedef {Node | string | number | false | null | undefined} Child */

/**
 * An element. Children that are text become text nodes; there is no other way in.
 * @param {string} tag
 * @param {Record<string, unknown>} [props] attributes; `on…` are listeners
 * @param {...(Child | (Child | Child[])[])} children
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function')
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat(2))
    if (child instanceof Node) element.append(child);
    else if (child !== false && child !== null && child !== undefined)
      element.append(...shown(String(child)));
  return element;
}

const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** @param {string} char */
function escaped(char) {
  const code = char.charCodeAt(0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`;
}

/** The text with what cannot be seen written out, for attributes and the title.
 * @param {string} text */
export const visible = (text) => text.replaceAll('\r\n', '\n').replace(UNSEEN, escaped);

/** The same as nodes, the written-out characters marked as such.
 * @param {string} text
 * @returns {Node[]} */
export function shown(text) {
  const tidy = text.replaceAll('\r\n', '\n');
  const nodes = [];
  let from = 0;
  for (const match of tidy.matchAll(UNSEEN)) {
    nodes.push(document.createTextNode(tidy.slice(from, match.index)));
    const mark = document.createElement('span');
    mark.className = 'unseen';
    mark.textContent = escaped(match[0]);
    nodes.push(mark);
    from = match.index + match[0].length;
  }
  nodes.push(document.createTextNode(tidy.slice(from)));
  return nodes;
}

/** A link out of the page, for http and https only; other text stays text.
 * @param {string} url
 * @param {string} [words] */
export function outward(url, words = url) {
  const safe = URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
  return safe
    ? h('a', { href: url, rel: 'noreferrer noopener', target: '_blank' }, words)
    : h('span', {}, words);
}
