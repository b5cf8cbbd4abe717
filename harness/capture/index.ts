/** What crossed, as files that other tools open. */
export { KeyLog } from './key-log.js';
export * from './pcapng.js';
