import { connect as connectTcp, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { EndTranscript } from '../evidence/end-transcript.js';
import type { Field, Route, TlsChoice, TlsSession } from '../model.js';
import { show } from '../protocol/index.js';
import { bracketed, tcpFault, unbracketed } from './faults.js';
import { askForTunnel, credentialsFor, parseProxy } from './forward-proxy.js';
import { type Recorder, unrecorded } from './recorder.js';
import { secure } from './secure.js';
import { settle } from './settle.js';
import { throughSocks } from './socks.js';

export { Unreachable } from './unreachable.js';

export interface Connected {
  /** What the client talks over: TLS for wss. */
  stream: Socket | TLSSocket;
  /** The TCP connection below. */
  raw: Socket;
  /** For the Host header: without the port where it is the scheme's own (RFC 9110 §4.2.3). */
  host: string;
  /** What comes before the path in the request target: not empty where a proxy is asked by GET (RFC 9112 §3.2.2). */
  prefix: string;
  /** What such a request has to carry for the proxy itself. */
  fields: readonly Field[];
  tls?: TlsSession;
}

export interface ConnectOptions {
  /** For each step: TCP, CONNECT, TLS. */
  withinMs: number;
  signal?: AbortSignal;
  record?: Recorder;
  tls?: TlsChoice;
  tcpKeepAliveMs?: number;
}

/** Follows a route to its end: TCP, a forward proxy (CONNECT or SOCKS, in clear or by TLS), TLS. Throws Unreachable. */
export async function connect(route: Route, options: ConnectOptions): Promise<Connected> {
  const { withinMs, signal } = options;
  const record = options.record ?? unrecorded;
  const url = new URL(route.url);
  const tls = url.protocol === 'wss:' || url.protocol === 'https:';
  const target = { host: unbracketed(url.hostname), port: Number(url.port) || (tls ? 443 : 80) };
  const proxy = route.proxy === undefined ? undefined : parseProxy(route.proxy);
  const first = proxy ?? (route.at && { ...route.at, host: unbracketed(route.at.host) }) ?? target;
  const there = `${proxy ? 'the proxy ' : ''}${bracketed(first.host)}:${first.port}`;

  const raw = connectTcp({ host: first.host, port: first.port, noDelay: true, allowHalfOpen: true });
  raw.on('error', () => {});
  if (options.tcpKeepAliveMs) raw.setKeepAlive(true, options.tcpKeepAliveMs);
  try {
    await settle(raw, (done) => raw.once('connect', done), {
      withinMs,
      signal,
      late: `no TCP connection to ${there}`,
      told: (fault) => `${proxy ? 'the proxy: ' : ''}${tcpFault(fault, first)}`,
    });
    const socks = proxy?.kind === 'socks5';
    // What is said to a SOCKS proxy (a password, perhaps) is left out of the record.
    if (socks) await throughSocks(raw, proxy, target, { withinMs, signal });
    const transcript = new EndTranscript(raw, 'client');
    record('note', `TCP connected to ${there}`, undefined, { mark: 'connect', transcript });

    let stream: Socket = raw;
    if (proxy?.kind === 'https') {
      const { ca, insecure } = route;
      const trust = { ...(ca !== undefined && { ca }), ...(insecure && { insecure }) };
      const begun = tls ? {} : { begun: (made: TLSSocket) => transcript.secure(made) };
      const made = await secure(raw, trust, { host: proxy.host, withinMs, signal, ...begun });
      stream = made.stream;
      record('note', `TLS established with the proxy (${made.session.version})`);
    }
    const byGet = proxy !== undefined && !socks && !tls && route.method === 'GET';
    if (proxy && !socks && !byGet) {
      const authority = `${url.hostname}:${target.port}`;
      await askForTunnel(stream, authority, proxy, record, { withinMs, signal });
    }
    const asked = {
      raw,
      host: url.host,
      prefix: byGet ? `http://${url.host}` : '',
      fields: byGet ? credentialsFor(proxy) : [],
    };
    if (!tls) return { ...asked, stream };
    const { stream: inside, session } = await secure(stream, route, {
      host: target.host,
      withinMs,
      signal,
      tls: options.tls,
      begun: (made) => transcript.secure(made),
    });
    const name = route.servername === undefined ? '' : ` for ${route.servername}`;
    const shown = `certificate issued by ${show(session.issuer)}`;
    record('note', `TLS established (${session.version})${name}, ${shown}`, undefined, { mark: 'tls' });
    return { ...asked, stream: inside, tls: session };
  } catch (fault) {
    raw.destroy();
    throw fault;
  }
}
