import {
  ProtocolFault,
  parseRequest,
  parseResponse,
  splitHead,
  tokensOf,
  valueOf,
} from '../protocol/index.js';
import { framingOf, readBody } from './bodies.js';
import type { Body, Exchange } from './crossing.js';
import type { Stream } from './stream.js';

const MOST_EXCHANGES = 256;

export interface Exchanges {
  exchanges: Exchange[];
  /** What the connection was given over to, if it was. */
  became?: 'websocket' | 'tunnel' | 'opaque';
  /** Where what is no HTTP/1 (or belongs to what it became) begins. */
  up: number;
  down: number;
}

type Head<T> = { head: T; at: number; end: number };

/** Requests and answers, paired in order, until one gives the connection over (101, CONNECT) or HTTP ends. */
export function readExchanges(up: Stream, down: Stream, start: { up: number; down: number }): Exchanges {
  const state: Exchanges = { exchanges: [], up: start.up, down: start.down };
  while (state.exchanges.length < MOST_EXCHANGES) {
    const request = headAt(up, state.up, parseRequest);
    const exchange: Exchange & { interim: NonNullable<Exchange['response']>[] } = { interim: [] };
    if (request) {
      exchange.request = { ...up.span(request.at, request.end), head: request.head };
      state.up = request.end;
      readContent(up, request, state, exchange);
    }
    let response = headAt(down, state.down, parseResponse);
    for (; response && isInterim(response.head.status); response = headAt(down, state.down, parseResponse)) {
      exchange.interim.push({ ...down.span(response.at, response.end), head: response.head });
      state.down = response.end;
      if (exchange.interim.length > 32) break;
    }
    if (!request && !response && exchange.interim.length === 0) break;
    state.exchanges.push(exchange);
    if (!response) {
      // Later answers cannot be told from this one's.
      if (state.down < down.length) break;
      continue;
    }
    exchange.response = { ...down.span(response.at, response.end), head: response.head };
    state.down = response.end;
    const became = givenOver(exchange);
    if (became) return { ...state, became };
    if (!hasContent(exchange)) continue;
    const { body, end } = readBody(down, state.down, framingOf(response.head) ?? { by: 'close' });
    exchange.answer = body;
    state.down = end ?? down.length;
  }
  return state;
}

const isInterim = (status: number) => status < 200 && status !== 101;

/** The head that is whole there, if one is. */
export function headAt<T>(stream: Stream, at: number, parse: (bytes: Uint8Array) => T): Head<T> | undefined {
  try {
    const split = splitHead(stream.from(at));
    return split && { head: parse(split.head), at, end: at + split.head.length };
  } catch (fault) {
    if (fault instanceof ProtocolFault) return undefined;
    throw fault;
  }
}

function readContent(
  up: Stream,
  { head }: Head<ReturnType<typeof parseRequest>>,
  state: Exchanges,
  exchange: { body?: Body },
): void {
  const framing = framingOf(head);
  if (!framing || (framing.by === 'length' && framing.length === 0)) return;
  const { body, end } = readBody(up, state.up, framing);
  exchange.body = body;
  state.up = end ?? up.length;
}

/** What the answer makes of the connection (RFC 9110 §7.8, §9.3.6). */
function givenOver({ request, response }: Exchange): Exchanges['became'] {
  const status = response!.head.status;
  if (status === 101) {
    const asked = request && tokensOf(request.head, 'Upgrade').includes('websocket');
    const said = valueOf(response!.head, 'Upgrade')?.toLowerCase();
    // An answer that leaves Upgrade out is faulty, and what was asked for is still what comes.
    return said === 'websocket' || (said === undefined && asked) ? 'websocket' : 'opaque';
  }
  return request?.head.method === 'CONNECT' && status >= 200 && status < 300 ? 'tunnel' : undefined;
}

function hasContent({ request, response }: Exchange): boolean {
  const status = response!.head.status;
  return request?.head.method !== 'HEAD' && status !== 204 && status !== 304;
}
