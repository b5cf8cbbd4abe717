import { faultsOf, membersOf, tokensOf, valueOf } from '../protocol/index.js';
import type { Exchange } from './crossing.js';

/** Whether the request asks for a WebSocket, rightly or not. */
export function asksForSocket({ request }: Exchange): boolean {
  if (!request) return false;
  const { head } = request;
  return tokensOf(head, 'Upgrade').includes('websocket') || valueOf(head, 'Sec-WebSocket-Key') !== undefined;
}

/** Whether the exchange gave what was asked for, as whoever asked can tell. */
export function accepted(exchange: Exchange): boolean {
  const { request, response } = exchange;
  if (!response) return false;
  const { status } = response.head;
  if (!request) return status < 400;
  if (request.head.method === 'CONNECT') return status >= 200 && status < 300;
  if (status === 101 && asksForSocket(exchange)) return handshakeFaults(exchange).length === 0;
  return asksForSocket(exchange) ? false : status < 400;
}

/** What is wrong with the answer as a 101, by what this very request asked. */
function handshakeFaults({ request, response }: Exchange): string[] {
  if (!request || !response) return ['There is no answer.'];
  const extensions = valueOf(request.head, 'Sec-WebSocket-Extensions');
  return faultsOf(response.head, {
    key: valueOf(request.head, 'Sec-WebSocket-Key') ?? '',
    subprotocols: membersOf(request.head, 'Sec-WebSocket-Protocol'),
    ...(extensions !== undefined && { extensions }),
  });
}
