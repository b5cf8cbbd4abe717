import { h } from './dom.js';

/** A button that puts a text on the clipboard and says so.
 * @param {string} words @param {() => string} text what to copy, made when asked for */
export function copying(words, text) {
  const said = h('span', { class: 'said-so', role: 'status' });
  const button = h('button', { type: 'button', class: 'chip copy', onclick: () => copy() }, words);
  const copy = async () => {
    const done = await put(text());
    said.textContent = done ? 'copied' : 'this browser does not let it';
    setTimeout(() => {
      said.textContent = '';
    }, 2000);
  };
  return h('span', { class: 'copying' }, button, said);
}

/** @param {string} text */
async function put(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return putByHand(text);
  }
}

/** For pages from disk, where some browsers keep the clipboard shut.
 * @param {string} text */
function putByHand(text) {
  const field = /** @type {HTMLTextAreaElement} */ (h('textarea', { class: 'sr', 'aria-hidden': 'true' }));
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  before?.focus();
  return done;
}
