import type { Intermediary } from '../../harness/model.js';
import { offersOf } from '../common/remedies.js';
import { start } from './start.js';

export interface MockttpOptions {
  /**
   * `inspect` when absent: TLS inside CONNECT is opened with a certificate of its own making. `pass-through` passes
   * TLS on untouched; what is not encrypted it still reads. `reject` inspects and answers 403 to every WebSocket
   * handshake; other requests pass.
   */
  mode?: 'inspect' | 'pass-through' | 'reject';
  /**
   * Ends a WebSocket before a message of either direction (whole and inflated) that contains this text or matches
   * this expression is passed on: the client gets close 1008, the origin an end without a Close frame. HTTP
   * requests with such a body are answered 403; answers are not looked at.
   */
  block?: string | RegExp;
}

const REMEDIES = new URL('./remedies/', import.meta.url);

/**
 * mockttp as a forward proxy, in-process only. Certificates that it shows are issued by `wsgauntlet mockttp
 * inspection CA`, which the lab's CA has signed; upstreams are verified against the lab's CA and the public roots.
 *
 * It is no tunnel for WebSockets that it reads: it ends them and opens its own. Messages arrive unfragmented; it
 * answers pings itself and also passes the pong on; a connection that drops upstream ends with a Close frame
 * downstream. It takes every CONNECT with 200, so a refusal shows only inside the tunnel.
 */
export function mockttp(options: MockttpOptions = {}): Intermediary {
  const { mode = 'inspect', block } = options;
  if (mode === 'reject' && block !== undefined)
    throw new TypeError("mockttp: block means nothing with mode: 'reject', which lets no WebSocket through");
  return {
    name: 'mockttp',
    title: titleOf(options),
    role: 'forward',
    method: 'CONNECT',
    ...(mode !== 'pass-through' && { inspects: true }),
    prepare: () => import('mockttp'),
    embed: (site) => start(site, mode, block),
    ready: { by: 'tcp' },
    remedies: (finding) => offersOf(REMEDIES, 'mockttp', finding, options, mockttp),
  };
}
export default mockttp;

function titleOf({ mode = 'inspect', block }: MockttpOptions): string {
  const does = {
    inspect: 'mockttp inspecting TLS',
    'pass-through': 'mockttp passing TLS through',
    reject: 'mockttp rejecting WebSockets',
  }[mode];
  return block === undefined
    ? does
    : `${does}, blocking ${block instanceof RegExp ? block : JSON.stringify(block)}`;
}
