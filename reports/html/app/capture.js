import { h } from './dom.js';

/** A capture lies beside the page: a name below its own folder, and nothing that leads elsewhere. */
const BESIDE = /^(?!.*\.\.)[\w][\w./-]*\.pcapng$/;

/** The way to what crossed the place's segments, for Wireshark.
 * @param {string | undefined} path relative to the page */
export function capture(path) {
  if (path === undefined) return false;
  return h(
    'p',
    { class: 'capture' },
    'For Wireshark: ',
    BESIDE.test(path) ? h('a', { href: path, download: true }, path) : h('code', {}, path),
    h('span', { class: 'muted' }, ' – it holds all that crossed, credentials and the keys of TLS included'),
  );
}
