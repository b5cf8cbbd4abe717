import { ask } from '../clients/http.js';
import type { Route } from '../model.js';

/** Where libraries put their endpoints when nobody says otherwise, and what answers there. */
const USUAL: readonly { name: string; ask: string; telling: RegExp; path: string }[] = [
  {
    name: 'Socket.IO',
    ask: '/socket.io/?EIO=4&transport=polling',
    telling: /^0\{"sid"/,
    path: '/socket.io/?EIO=4&transport=websocket',
  },
  {
    name: 'Socket.IO 2',
    ask: '/socket.io/?EIO=3&transport=polling',
    telling: /^\d+:0\{"sid"/,
    path: '/socket.io/?EIO=3&transport=websocket',
  },
  {
    name: 'Engine.IO',
    ask: '/engine.io/?EIO=4&transport=polling',
    telling: /^0\{"sid"/,
    path: '/engine.io/?EIO=4&transport=websocket',
  },
  ...['/sockjs', '/sockjs-node', '/echo', '/ws'].map((prefix) => ({
    name: 'SockJS',
    ask: `${prefix}/info`,
    telling: /^\{(?=.*"websocket":(?:true|false))(?=.*"entropy":)/s,
    path: `${prefix}/000/wsgauntlet/websocket`,
  })),
];

/**
 * Where a WebSocket endpoint is likely to be, for a user whose URL is none: a sentence that names the URL to give, by what
 * the same server answers at the usual paths of Socket.IO, Engine.IO and SockJS; undefined where it tells nothing.
 */
export async function elsewhere(
  route: Route,
  withinMs: number,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const base = { ...route, url: new URL('/', route.url).href };
  const context = { unmarked: true, ...(signal && { signal }) };
  const answers = await Promise.all(USUAL.map((one) => ask(base, one.ask, { withinMs }, context)));
  const at = answers.findIndex(({ status, body }, i) => status === 200 && USUAL[i]!.telling.test(body));
  const found = USUAL[at];
  if (!found) return undefined;
  const url = new URL(found.path, base.url).href.replace(/^http/, 'ws');
  return `${found.name} answers at ${found.ask.split('?')[0]}: give ${url}`;
}
