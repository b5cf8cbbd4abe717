/**
 * The vocabulary. Types only, and nothing of the other rooms. Times are milliseconds; those called `at` count from
 * the start of the run on one monotonic clock.
 */

export type * from './model/client.js';
export type * from './model/dial.js';
export type * from './model/evidence.js';
export type * from './model/judgement.js';
export type * from './model/lure.js';
export type * from './model/place.js';
export type * from './model/probe.js';
export type * from './model/program.js';
export type * from './model/record.js';
export type * from './model/remedy.js';
export type * from './model/scenario.js';
export type * from './model/target.js';
export type * from './model/transcript.js';
