import { readFile } from 'node:fs/promises';
import http, { type IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { Transform } from 'node:stream';
import type { Address, Site } from '../../harness/model.js';
import { Listener } from '../common/listener.js';
import { tunnel } from '../common/tunnel.js';
import { endToEnd, upgradesToWebSocket } from './fields.js';
import { HoldBack } from './hold-back.js';

/** Where a request goes on to, or the status that it is refused with. */
export type Onward = { to: Address; path: string; tls: boolean } | number;

export interface Manners {
  /** The pseudonym in `Via`. */
  via: string;
  onward(request: IncomingMessage): Onward;
  /** Pass `Upgrade: websocket` on, and tunnel after a real 101. */
  upgrade?: boolean;
  tls?: boolean;
  buffering?: boolean;
  idleMs?: number;
  /** Takes CONNECT; refused with 405 when absent. */
  connect?(request: IncomingMessage, socket: Socket, early: Buffer, listener: Listener): void;
  /** Does with an attempt to upgrade what `upgrade` would do. */
  switches?(request: IncomingMessage, socket: Socket, early: Buffer, listener: Listener): void;
  /** Hands on a 101 that nobody asked for, and what comes behind it. */
  believes101?: boolean;
  /** Answers a request by itself, if it says so. */
  answers?(request: IncomingMessage, response: ServerResponse): boolean;
  /** Changes the body of an answer on its way. */
  through?(request: IncomingMessage, answer: IncomingMessage): Transform | undefined;
}

/** An HTTP/1.1 proxy on node:http: one connection to the next hop for each request. */
export async function serve(site: Site, manners: Manners): Promise<Listener> {
  const server = manners.tls
    ? https.createServer({ cert: await readFile(site.cert), key: await readFile(site.key) })
    : http.createServer();
  const ca = await readFile(site.ca);
  const listener = await Listener.open(server, site.listen);

  /** The request as it goes on; `extra` are the connection's own fields. Undefined when it is refused. */
  function forward(request: IncomingMessage, response: ServerResponse, extra: string[] = []) {
    const onward = manners.onward(request);
    if (typeof onward === 'number') return void refuse(response, onward);
    const next = (onward.tls ? https : http).request({
      ...onward.to,
      path: onward.path,
      method: request.method!,
      headers: [...endToEnd(request), ...extra, 'Via', `1.1 ${manners.via}`],
      agent: false,
      ...(onward.tls && { ca, servername: site.name }),
    });
    next.on('socket', (socket) => listener.keep(socket));
    next.on('response', (answer) => {
      // Without Upgrade, node:http takes a 101 for an answer like any other.
      if (answer.statusCode !== 101 || manners.believes101) return relay(request, answer, response, manners);
      answer.destroy();
      refuse(response, 502);
    });
    next.on('error', () => (response.headersSent ? response.destroy() : refuse(response, 502)));
    if (manners.idleMs !== undefined) {
      next.setTimeout(manners.idleMs, () => {
        if (!response.headersSent) refuse(response, 504);
        next.destroy();
      });
    }
    response.once('close', () => next.destroy());
    return next;
  }

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (manners.answers?.(request, response)) return;
    const next = forward(request, response);
    next?.on('upgrade', (answer, upstream: Socket, ahead: Buffer) => {
      if (manners.believes101 && response.socket) {
        response.socket.write(Buffer.concat([headOf(answer), ahead]));
        return void upstream.pipe(response.socket);
      }
      // A 101 that was never asked for switches nothing.
      upstream.destroy();
      refuse(response, 502);
    });
    if (next) request.pipe(next);
    else request.resume();
  });
  server.on('connect', (request: IncomingMessage, socket: Socket, early: Buffer) => {
    if (manners.connect) manners.connect(request, socket, early, listener);
    else socket.end(emptyAnswer(405));
  });
  const { switches } = manners;
  if (switches) {
    server.on('upgrade', (request: IncomingMessage, socket: Socket, early: Buffer) =>
      switches(request, socket, early, listener),
    );
  }
  if (manners.upgrade) server.on('upgrade', switchOver);

  function switchOver(request: IncomingMessage, socket: Socket, early: Buffer): void {
    const response = answerTo(request, socket, early);
    if (request.method !== 'GET') return refuse(response, 400);
    const asked = upgradesToWebSocket(request);
    const next = forward(request, response, asked ? ['Connection', 'Upgrade', 'Upgrade', 'websocket'] : []);
    next?.on('upgrade', (answer, upstream: Socket, ahead: Buffer) => {
      if (!asked || !upgradesToWebSocket(answer)) {
        upstream.destroy();
        return refuse(response, 502);
      }
      response.detachSocket(socket);
      upstream.setTimeout(0);
      socket.write(Buffer.concat([headOf(answer), ahead]));
      if (early.length > 0) upstream.write(early);
      tunnel(socket, upstream, manners.idleMs);
    });
    next?.end();
  }

  /** An answer on a socket that node:http has let go of. Whatever it is, HTTP goes on behind it. */
  function answerTo(request: IncomingMessage, socket: Socket, early: Buffer): ServerResponse {
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    response.once('finish', () => {
      if (socket.destroyed) return;
      response.detachSocket(socket);
      if (!response.shouldKeepAlive) return void socket.end();
      if (early.length > 0) socket.unshift(early);
      server.emit(manners.tls ? 'secureConnection' : 'connection', socket);
    });
    return response;
  }

  return listener;
}

function relay(
  request: IncomingMessage,
  answer: IncomingMessage,
  response: ServerResponse,
  { buffering, through }: Manners,
): void {
  const change = buffering ? new HoldBack() : through?.(request, answer);
  response.sendDate = false;
  response.writeHead(
    answer.statusCode!,
    answer.statusMessage,
    endToEnd(answer, change && ['content-length']),
  );
  if (!buffering) response.flushHeaders();
  answer.on('error', () => response.destroy());
  answer.once('aborted', () => response.destroy());
  (change ? answer.pipe(change) : answer).pipe(response);
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'Content-Length': 0 }).end();
}

export const emptyAnswer = (status: number): string =>
  `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;

/** The head of a 101 as it came. */
function headOf({ statusCode, statusMessage, rawHeaders }: IncomingMessage): Buffer {
  let head = `HTTP/1.1 ${statusCode} ${statusMessage}\r\n`;
  for (let i = 0; i < rawHeaders.length; i += 2) head += `${rawHeaders[i]}: ${rawHeaders[i + 1]}\r\n`;
  return Buffer.from(`${head}\r\n`, 'latin1');
}
