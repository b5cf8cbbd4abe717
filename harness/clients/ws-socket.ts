import { Agent, type ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import WebSocket from 'ws';
import type { Route, TlsChoice } from '../model.js';
import { after } from '../patience.js';
import { connect } from './connect.js';
import type { Recorder } from './recorder.js';

export interface WsSocketOptions {
  /** For each step of the connection. */
  withinMs: number;
  /** For the handshake; without it the caller keeps the time. */
  handshakeMs?: number;
  subprotocols?: readonly string[];
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  record?: Recorder;
  tls?: TlsChoice;
}

/** A socket of the `ws` library, on a connection that follows the route (CONNECT, TLS). Throws Unreachable. */
export async function wsSocket(
  route: Route,
  target: string,
  options: WsSocketOptions,
): Promise<{ socket: WebSocket; raw: Socket }> {
  const { withinMs, signal, record, tls } = options;
  const link = await connect(route, {
    withinMs,
    ...(signal && { signal }),
    ...(record && { record }),
    ...(tls && { tls }),
  });
  const agent = new Agent();
  // The library takes any duplex for its connection; ours is already there, TLS and all.
  agent.createConnection = () => link.stream;
  const socket = new WebSocket(`ws://${link.host}${target}`, [...(options.subprotocols ?? [])], {
    agent,
    headers: { ...Object.fromEntries(link.fields), ...options.headers },
    ...(link.prefix && { finishRequest: absolute(link.prefix + target) }),
  });
  if (options.handshakeMs !== undefined) limit(socket, options.handshakeMs);
  // After CONNECT the connection was left paused, so that nothing is lost before the library listens.
  setImmediate(() => link.stream.resume());
  return { socket, raw: link.raw };
}

function limit(socket: WebSocket, ms: number): void {
  const callOff = after(ms, () => {
    if (socket.readyState !== WebSocket.CONNECTING) return;
    socket.emit('error', new Error(`no answer to the handshake within ${ms} ms`));
    socket.terminate();
  });
  socket.once('open', callOff).once('close', callOff);
}

/** Asks a forward proxy by GET: the request target in absolute form (RFC 9112 §3.2.2). */
const absolute = (target: string) => (request: ClientRequest) => {
  request.path = target;
  request.end();
};
