import { type Refusal, type RequestHead, tokensOf, valueOf } from '../protocol/index.js';
import type { Sins } from './server.js';

/** Whether an origin with these sins takes a request that it ought to refuse so. */
export function forgives(sins: Sins, refusal: Refusal, request: RequestHead): boolean {
  const asked = tokensOf(request, 'upgrade').includes('websocket');
  if (refusal.status === 505 || refusal.why.includes('older than HTTP')) return sins.has('any-http-version');
  if (refusal.why.includes('Host header')) return sins.has('any-host');
  if (refusal.why.startsWith('Connection')) return sins.has('any-connection');
  if (refusal.why.startsWith('Sec-WebSocket-Protocol')) return sins.has('any-subprotocol');
  if (refusal.status === 405) return sins.has('any-method');
  if (refusal.status === 426) return sins.has(asked ? 'any-version' : 'plain-get');
  return sins.has('any-key') && refusal.why.startsWith('Sec-WebSocket-Key');
}

/** Whether it takes the tokens of Upgrade and Connection for text to be compared as it stands, and finds another. */
export function sticklesFor(sins: Sins, request: RequestHead): boolean {
  if (!sins.has('case-sensitive')) return false;
  return valueOf(request, 'upgrade') !== 'websocket' || valueOf(request, 'connection') !== 'Upgrade';
}
