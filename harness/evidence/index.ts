/** What crossed each segment of a path, what each hop did to it, and whose doing a fault was. */
export * from './blame.js';
export * from './compare.js';
export * from './crossing.js';
export { decode } from './decode.js';
export * from './difference.js';
export { areSame } from './differences/opaque.js';
export { findIn } from './find.js';
export { startTap, type Tap, type TapOptions } from './relay.js';
export * from './side.js';
export * from './tap-connection.js';
