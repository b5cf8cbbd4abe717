/** What scenarios, checks and scripts of users import as `wsgauntlet`. Every intermediary is also `wsgauntlet/proxies/NAME`. */

export * from '../proxies/mockttp/index.js';
export * from '../proxies/nginx/index.js';
export * from '../proxies/plain/index.js';
export * from '../proxies/squid/index.js';
export * from '../proxies/toxiproxy/index.js';
export * from '../proxies/user-file/user-file.js';
export type * from './model.js';
export { careless } from './origins/careless.js';
export { type EchoOptions, echo } from './origins/echo.js';
/** Frames, heads, handshakes, close codes: octets in, octets out. */
export * as protocol from './protocol/index.js';
export * as record from './run-file.js';
export * from './verdict.js';
