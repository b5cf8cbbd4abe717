/** Runs as files: written, read, joined, compared. */
export { type Comparison, compare } from './record/compare.js';
export { compareRuns } from './record/compare-runs.js';
export { RunFileError } from './record/error.js';
export { type Merged, merge } from './record/merge.js';
export { parse, read } from './record/read.js';
export { save, write } from './record/write.js';
