import { shapeOf } from './entries.js';
import { s } from './svg.js';

/** Outlines around 0 0, told apart without colour.
 * @type {Readonly<Record<string, string>>} */
const SHAPES = {
  connect: 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z',
  tls: 'M0-6L6 0L0 6L-6 0z',
  request: 'M-7-5H3L7 0L3 5H-7z',
  response: 'M7-5H-3L-7 0L-3 5H7z',
  text: 'M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z',
  binary: 'M-5-5H5V5H-5z',
  continuation: 'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z',
  ping: 'M0-6L6 5H-6z',
  pong: 'M0 6L6-5H-6z',
  close: 'M0-7L7 0L0 7L-7 0z',
  reserved: 'M-3-6H3L6-3V3L3 6H-3L-6 3V-3z',
  octets: 'M-6-5H6M-6 0H6M-6 5H6',
  fin: 'M-5-7V7M-5 0H5',
  rst: 'M-5-6L5 6M5-6L-5 6',
  said: 'M-3-3H3V3H-3z',
};

/** @type {Readonly<Record<string, string>>} */
const MEANINGS = {
  connect: 'TCP is up',
  tls: 'TLS is up',
  request: 'request',
  response: 'answer',
  octets: 'octets that are no frame',
  fin: 'FIN',
  rst: 'RST',
  said: 'said: a note, a log line',
};

/** @param {string} shape */
export const outline = (shape) => s('path', { class: 'shape', d: SHAPES[shape] ?? SHAPES.said });

/** What the shapes stand for: those that occur.
 * @param {readonly import('./entries.js').Evidence[]} entries
 * @returns {{ shape: string, means: string }[]} */
export function legend(entries) {
  const met = new Set(entries.map(shapeOf));
  return Object.keys(SHAPES)
    .filter((shape) => met.has(shape))
    .map((shape) => ({ shape, means: MEANINGS[shape] ?? `${shape} frame` }));
}
