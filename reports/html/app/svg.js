import { visible } from './dom.js';

/**
 * An element of a drawing. As in `h`, text becomes text nodes and there is no other way in.
 * @param {string} tag
 * @param {Record<string, unknown>} [props] attributes; `on…` are listeners
 * @param {...(import('./dom.js').Child | import('./dom.js').Child[])} children
 * @returns {SVGElement}
 */
export function s(tag, props = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function')
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat())
    if (child instanceof Node) element.append(child);
    else if (child !== false && child !== null && child !== undefined) element.append(visible(String(child)));
  return element;
}

/** The whole drawing, in px.
 * @param {number} width @param {number} height @param {Record<string, unknown>} props
 * @param {...(import('./dom.js').Child | import('./dom.js').Child[])} children */
export function drawing(width, height, props, ...children) {
  const [w, t] = [Math.ceil(width), Math.ceil(height)];
  return s(
    'svg',
    { width: w, height: t, viewBox: `0 0 ${w} ${t}`, ...props, class: `drawing ${props.class ?? ''}`.trim() },
    ...children,
  );
}
