/** What crossed, as files that other tools open. */
export { Captures } from './captures.js';
export { KeyLog } from './key-log.js';
export * from './pcapng.js';
export { Recording } from './recording.js';
