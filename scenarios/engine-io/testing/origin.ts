import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Origin } from '../../../harness/model.js';
import { httpOrigin } from '../../../harness/testing/subjects.js';

export const PATH = '/socket.io/?EIO=4&transport=websocket';
export const FOREIGN_REFUSED = 'https://app.example';

export type Sin =
  | 'no-heartbeat'
  | 'keeps-silent'
  | 'no-limit-polling'
  | 'no-limit-websocket'
  | 'reflects-origin'
  | 'polling-any-origin'
  | 'websocket-any-origin'
  | 'sequential-sid'
  | 'upgrades-twice'
  | 'mixes-versions'
  | 'takes-any-version'
  | 'shows-stack'
  | 'swallows-binary'
  | 'collects-attachments'
  | 'admin-open'
  | 'dies-of-event'
  | 'dies-of-query'
  | 'dies-of-reset';

interface Session {
  sid: string;
  version: string;
  upgraded: boolean;
  queue: string[];
}

const MOST = 2000;

/**
 * A small Socket.IO server of our own at /socket.io/, sound but for the given sins.
 * @param beatMs the pingInterval and the pingTimeout
 */
export const socketIo = (sins: readonly Sin[] = [], beatMs = 10_000): Origin =>
  httpOrigin({ title: sins.length === 0 ? 'Socket.IO' : sins.join(', ') }, (server) => {
    const has = (sin: Sin) => sins.includes(sin);
    const sessions = new Map<string, Session>();
    const ws = new WebSocketServer({
      noServer: true,
      ...(!has('no-limit-websocket') && { maxPayload: MOST }),
    });
    const sockets = new Set<Duplex>();
    let dead = false;
    let count = 0;
    const die = () => {
      dead = true;
      for (const socket of sockets) socket.destroy();
    };
    server.on('connection', (socket) => {
      if (dead) return socket.destroy();
      sockets.add(socket.on('error', () => {}));
      socket.once('close', () => sockets.delete(socket));
    });
    const opened = (version: string): Session => {
      const sid = has('sequential-sid') ? `session-${1000 + count++}` : randomBytes(15).toString('base64url');
      const session = { sid, version, upgraded: false, queue: [] };
      sessions.set(sid, session);
      return session;
    };
    const greeting = ({ sid }: Session) =>
      `0${JSON.stringify({ sid, upgrades: [], pingInterval: beatMs, pingTimeout: beatMs, maxPayload: MOST })}`;
    const objection = (request: IncomingMessage, polling: boolean): [number, string] | undefined => {
      const { searchParams: query } = new URL(request.url ?? '', 'http://o');
      const foreign = ![undefined, FOREIGN_REFUSED].includes(request.headers.origin);
      if (foreign && !has(polling ? 'polling-any-origin' : 'websocket-any-origin')) return [403, 'Forbidden'];
      if (has('dies-of-query') && query.get('transport') === '__proto__') die();
      if (!['polling', 'websocket'].includes(query.get('transport') ?? ''))
        return [400, has('shows-stack') ? (new Error('unknown').stack ?? '') : 'Transport unknown'];
      if (query.get('EIO') !== '4' && !has('takes-any-version') && !has('mixes-versions'))
        return [400, 'Unsupported protocol version'];
      const sid = query.get('sid');
      if (sid === null)
        return query.get('EIO') === '4' || has('takes-any-version') ? undefined : [400, 'Bad'];
      const session = sessions.get(sid);
      if (!session) return [400, 'Session ID unknown'];
      if (session.version !== query.get('EIO') && !has('mixes-versions')) return [400, 'Bad request'];
      return undefined;
    };
    server.on('request', (request, response) => {
      const { origin } = request.headers;
      if (has('reflects-origin') && origin !== undefined) {
        response.setHeader('Access-Control-Allow-Origin', origin);
        response.setHeader('Access-Control-Allow-Credentials', 'true');
      }
      const wrong = objection(request, true);
      if (wrong) return void response.writeHead(wrong[0]).end(JSON.stringify({ code: 0, message: wrong[1] }));
      const { searchParams: query } = new URL(request.url ?? '', 'http://o');
      const session = sessions.get(query.get('sid') ?? '');
      if (!session) return void response.end(greeting(opened(query.get('EIO') ?? '')));
      if (request.method === 'POST') return take(request, response);
      response.end(session.queue.splice(0).join('\x1e') || '6');
    });
    const take = (request: IncomingMessage, response: ServerResponse) => {
      const binary = request.headers['content-type'] === 'application/octet-stream';
      if (binary) return void (has('swallows-binary') || response.writeHead(400).end());
      let octets = 0;
      request.on('data', (chunk: Buffer) => {
        octets += chunk.length;
      });
      request.on('end', () => {
        const over = octets > MOST && !has('no-limit-polling');
        response.writeHead(over ? 413 : 200).end(over ? '' : 'ok');
      });
    };
    server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => has('dies-of-reset') && !request.url?.startsWith('/socket.io/') && die());
      const wrong = request.url?.startsWith('/socket.io/') ? objection(request, false) : [404, 'Not Found'];
      if (wrong) return void refuse(socket, wrong[0] as number);
      ws.handleUpgrade(request, socket, head, (peer) => converse(peer, request));
    });
    const refuse = (socket: Duplex, status: number) =>
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    const converse = (peer: WebSocket, request: IncomingMessage) => {
      peer.on('error', () => {});
      const { searchParams: query } = new URL(request.url ?? '', 'http://o');
      const session = sessions.get(query.get('sid') ?? '');
      if (!session) {
        peer.send(greeting(opened(query.get('EIO') ?? '')));
        return speak(peer);
      }
      if (session.upgraded && !has('upgrades-twice')) return peer.close();
      peer.on('message', (data) => {
        const text = String(data);
        if (text === '2probe') peer.send('3probe');
        if (text === '5') session.upgraded = true;
      });
    };
    const speak = (peer: WebSocket) => {
      let [since, attachments] = [performance.now(), 0];
      const beat = setInterval(() => {
        if (!has('keeps-silent') && performance.now() - since > 2 * beatMs) return peer.close();
        if (!has('no-heartbeat')) peer.send('2');
      }, beatMs);
      peer.once('close', () => clearInterval(beat));
      const joined = new Set<string>();
      peer.on('message', (data, binary) => {
        const text = String(data);
        if (binary) return attachments-- > 0 ? undefined : peer.close();
        if (text === '3') since = performance.now();
        else if (text.startsWith('451')) {
          const declared = Number(/^45(\d+)-/.exec(text)?.[1]);
          if (declared > 10 && !has('collects-attachments')) return peer.close();
          attachments = declared;
        } else if (text.startsWith('40')) connect(peer, text, joined);
        else if (text.startsWith('42[{') && has('dies-of-event')) die();
        else if (!/^42\["/.test(text)) peer.close();
      });
    };
    const connect = (peer: WebSocket, text: string, joined: Set<string>) => {
      const [, namespace = '/'] = /^40(\/[^,]*),/.exec(text) ?? [];
      const prefix = namespace === '/' ? '' : `${namespace},`;
      if (joined.has(namespace)) return peer.close();
      if (namespace !== '/' && !(namespace === '/admin' && has('admin-open')))
        return peer.send(`44${prefix}{"message":"Invalid namespace"}`);
      joined.add(namespace);
      peer.send(`40${prefix}{"sid":"${randomBytes(15).toString('base64url')}"}`);
    };
  });
