import type { Evidence, Finding } from '../../harness/model.js';
import { headOf, type NameValue, valueOf } from './head.js';
import { messageOf, type SocketMessage } from './messages.js';

/** An entry of HAR 1.2; names that begin with `_` are additions that readers pass over. */
export interface Entry {
  pageref: string;
  startedDateTime: string;
  time: number;
  request: {
    method: string;
    url: string;
    httpVersion: string;
    cookies: never[];
    headers: NameValue[];
    queryString: NameValue[];
    headersSize: number;
    bodySize: number;
  };
  response: {
    status: number;
    statusText: string;
    httpVersion: string;
    cookies: never[];
    headers: NameValue[];
    content: { size: number; mimeType: string };
    redirectURL: string;
    headersSize: number;
    bodySize: number;
    _error?: string;
  };
  cache: Record<string, never>;
  timings: { send: number; wait: number; receive: number };
  connection?: string;
  comment: string;
  _resourceType?: 'websocket';
  _webSocketMessages?: SocketMessage[];
}

/** One request, and what came of it on its connection. */
interface Exchange {
  request: Evidence;
  response?: Evidence;
  frames: Evidence[];
  last: number;
  error?: string;
}

/** What a client of ours, and each recorded segment, saw of a finding's connections. Origins see the other side of the same. */
export function entriesOf({ id, evidence }: Finding, epochMs: number): Entry[] {
  const views = new Map<string, Evidence[]>();
  for (const entry of evidence) {
    if (entry.by !== 'client' && !entry.by.includes(' → ')) continue;
    const key = JSON.stringify([entry.by, entry.of]);
    const view = views.get(key);
    if (view) view.push(entry);
    else views.set(key, [entry]);
  }
  return [...views.values()]
    .flatMap((view) => {
      const tls = view.find(({ mark }) => mark === 'tls')?.at ?? Number.POSITIVE_INFINITY;
      return exchangesOf(view).map((exchange) => ({ exchange, secure: exchange.request.at >= tls }));
    })
    .sort((a, b) => a.exchange.request.at - b.exchange.request.at)
    .map(({ exchange, secure }) => entryOf(id, exchange, secure, epochMs));
}

/** Answers belong to requests in the order of these; frames to the last that was answered. */
function exchangesOf(view: readonly Evidence[]): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const entry of [...view].sort((a, b) => a.at - b.at)) {
    if (entry.mark === 'request') {
      exchanges.push({ request: entry, frames: [], last: entry.at });
      continue;
    }
    const unanswered = exchanges.find(({ response }) => !response);
    if (entry.mark === 'response' && unanswered) {
      unanswered.response = entry;
      unanswered.last = entry.at;
    } else if (entry.mark === 'frame' && entry.frame) {
      const carrier = exchanges.findLast(({ response }) => response) ?? exchanges.at(-1);
      carrier?.frames.push(entry);
      if (carrier) carrier.last = entry.at;
    } else if (entry.kind === 'note' && unanswered) unanswered.error = entry.text;
  }
  return exchanges;
}

function entryOf(page: string, exchange: Exchange, secure: boolean, epochMs: number): Entry {
  const { request, response, frames, last, error } = exchange;
  const asked = headOf(request);
  const url = urlOf(asked, secure);
  const wait = response ? response.at - request.at : 0;
  const receive = Math.max(0, last - (response?.at ?? request.at));
  const timings = { send: 0, wait: rounded(wait), receive: rounded(receive) };
  const socket = frames.length > 0 || valueOf(asked, 'upgrade')?.toLowerCase() === 'websocket';
  return {
    pageref: page,
    startedDateTime: instant(epochMs + request.at),
    time: rounded(timings.wait + timings.receive),
    request: {
      method: asked.first,
      url,
      httpVersion: asked.third,
      cookies: [],
      headers: asked.fields,
      queryString: queryOf(url),
      headersSize: asked.size,
      bodySize: Number(valueOf(asked, 'content-length')) || 0,
    },
    response: responseOf(response, error),
    cache: {},
    timings,
    ...(request.of !== undefined && { connection: request.of }),
    comment: request.by === 'client' ? 'as the client saw it' : `as it was recorded: ${request.by}`,
    ...(socket && {
      _resourceType: 'websocket',
      _webSocketMessages: frames.map((frame) => messageOf(frame, epochMs)),
    }),
  };
}

/** A record may say any time; what a date of four-digit years cannot hold is put at their end. */
const instant = (ms: number) => new Date(Math.min(Math.max(ms, 0), 253_402_300_799_999)).toISOString();

const rounded = (ms: number) => Math.round(ms * 1000) / 1000;

function responseOf(response: Evidence | undefined, error: string | undefined): Entry['response'] {
  const head = response && headOf(response);
  const status = Number(head?.second) || 0;
  return {
    status,
    statusText: head?.third ?? '',
    httpVersion: head?.first ?? '',
    cookies: [],
    headers: head?.fields ?? [],
    content: {
      size: (head && Number(valueOf(head, 'content-length'))) || 0,
      mimeType: (head && valueOf(head, 'content-type')) ?? 'x-unknown',
    },
    redirectURL: (head && valueOf(head, 'location')) ?? '',
    headersSize: head?.size ?? -1,
    bodySize: status === 101 ? 0 : -1,
    ...(!response && { _error: error ?? 'no answer was recorded' }),
  };
}

/** In absolute form, whatever the form in which it was asked. */
function urlOf(asked: ReturnType<typeof headOf>, secure: boolean): string {
  const { first: method, second: target } = asked;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(target)) return target;
  if (method === 'CONNECT') return `http://${target}`;
  const socket = valueOf(asked, 'upgrade')?.toLowerCase() === 'websocket';
  const scheme = `${socket ? 'ws' : 'http'}${secure ? 's' : ''}`;
  return `${scheme}://${valueOf(asked, 'host') ?? 'unknown.invalid'}${target}`;
}

function queryOf(url: string): NameValue[] {
  const query = /\?([^#]*)/.exec(url)?.[1];
  return query ? [...new URLSearchParams(query)].map(([name, value]) => ({ name, value })) : [];
}
