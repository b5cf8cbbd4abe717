import { connect as connectTcp, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { EndTranscript } from '../evidence/end-transcript.js';
import type { Handshake, Route, TlsChoice, TlsSession } from '../model.js';
import { after } from '../patience.js';
import { parseResponse, requestHead, show, splitHead } from '../protocol/index.js';
import { type Recorder, unrecorded } from './recorder.js';

/** The connection could not be had: how, and why. */
export class Unreachable extends Error {
  override name = 'Unreachable';
  constructor(
    message: string,
    readonly handshake: Exclude<Handshake, 'accepted'>,
    readonly proxyStatus?: number,
  ) {
    super(message);
  }
}

export interface Connected {
  /** What the client talks over: TLS for wss. */
  stream: Socket | TLSSocket;
  /** The TCP connection below. */
  raw: Socket;
  /** `host:port` for the Host header. */
  host: string;
  /** What comes before the path in the request target: not empty where a proxy is asked by GET (RFC 9112 §3.2.2). */
  prefix: string;
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

/** Follows a route to its end: TCP, CONNECT through a forward proxy, TLS. Throws Unreachable. */
export async function connect(route: Route, options: ConnectOptions): Promise<Connected> {
  const record = options.record ?? unrecorded;
  const url = new URL(route.url);
  const tls = url.protocol === 'wss:' || url.protocol === 'https:';
  const target = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || (tls ? 443 : 80) };
  const host = `${url.hostname}:${target.port}`;
  const proxy = route.proxy ? new URL(route.proxy) : undefined;
  const first = proxy
    ? { host: proxy.hostname.replace(/^\[|\]$/g, ''), port: Number(proxy.port) || 80 }
    : (route.at ?? target);

  const raw = connectTcp({ ...first, noDelay: true, allowHalfOpen: true });
  raw.on('error', () => {});
  if (options.tcpKeepAliveMs) raw.setKeepAlive(true, options.tcpKeepAliveMs);
  try {
    await settle(
      raw,
      'connect',
      options.withinMs,
      options.signal,
      `no TCP connection to ${first.host}:${first.port}`,
    );
    const transcript = new EndTranscript(raw, 'client');
    record('note', `TCP connected to ${first.host}:${first.port}`, undefined, {
      mark: 'connect',
      transcript,
    });
    const tunnel = proxy !== undefined && (tls || route.method !== 'GET');
    if (tunnel) await askForTunnel(raw, host, options.withinMs, record, options.signal);
    const prefix = proxy && !tunnel ? `http://${host}` : '';
    if (!tls) return { stream: raw, raw, host, prefix };
    const stream = connectTls({
      socket: raw,
      ...tlsOptions(options.tls),
      ...(route.ca !== undefined && { ca: route.ca }),
      ...(route.servername !== undefined && { servername: route.servername }),
    });
    stream.on('error', () => {});
    transcript.secure(stream);
    if (route.keyLog) stream.on('keylog', route.keyLog);
    await settle(stream, 'secureConnect', options.withinMs, options.signal, 'no TLS handshake');
    const session = sessionOf(stream);
    const { version, issuer } = session;
    const asked = route.servername === undefined ? '' : ` for ${route.servername}`;
    const shown = `certificate issued by ${show(issuer)}`;
    record('note', `TLS established (${version})${asked}, ${shown}`, undefined, { mark: 'tls' });
    return { stream, raw, host, prefix, tls: session };
  } catch (fault) {
    raw.destroy();
    throw fault;
  }
}

function tlsOptions({ trustAll, version, alpn = ['http/1.1'] }: TlsChoice = {}): ConnectionOptions {
  return {
    ALPNProtocols: [...alpn],
    ...(trustAll && { rejectUnauthorized: false }),
    // OpenSSL offers what is older than TLS 1.2 at its lowest level of security only.
    ...(version && { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }),
  };
}

function sessionOf(stream: TLSSocket): TlsSession {
  const { issuer, fingerprint256 } = stream.getPeerCertificate();
  return {
    version: stream.getProtocol() ?? '',
    ...(stream.alpnProtocol && { alpn: stream.alpnProtocol }),
    issuer: String(issuer?.CN ?? ''),
    fingerprint: fingerprint256 ?? '',
    binding: stream.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0)).toString('base64'),
  };
}

/** RFC 9110 §9.3.6. */
async function askForTunnel(
  raw: Socket,
  authority: string,
  withinMs: number,
  record: Recorder,
  signal?: AbortSignal,
) {
  const request = requestHead({ method: 'CONNECT', target: authority, fields: [['Host', authority]] });
  record('sent', `CONNECT ${authority}`, request, { mark: 'request' });
  raw.write(request);
  let seen = Buffer.alloc(0);
  await settle(raw, 'answer', withinMs, signal, 'no answer from the proxy to CONNECT', (done) => {
    const take = (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk]);
      if (seen.includes('\r\n\r\n') || seen.length > 65_536) {
        raw.off('data', take).off('end', done);
        raw.pause();
        done();
      }
    };
    raw.on('data', take).once('end', done);
  });
  const split = splitHead(seen);
  if (!split) throw new Unreachable('the proxy closed the connection without an answer to CONNECT', 'reset');
  const answer = parseResponse(split.head);
  record('received', `HTTP ${answer.status} ${show(answer.reason)}`, split.head, { mark: 'response' });
  if (answer.status < 200 || answer.status > 299) {
    throw new Unreachable(
      `the proxy answered ${answer.status} to CONNECT ${authority}`,
      'refused',
      answer.status,
    );
  }
  if (split.rest.length > 0) raw.unshift(split.rest);
}

/** Waits for an event of a stream, or for what goes wrong first. */
function settle(
  stream: Socket | TLSSocket,
  event: string,
  withinMs: number,
  signal: AbortSignal | undefined,
  late: string,
  listen: (done: () => void) => void = (done) => stream.once(event, done),
): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (fault?: Error) => {
      callOff();
      stream.off('error', failed);
      stream.off('close', gone);
      signal?.removeEventListener('abort', aborted);
      if (fault) reject(fault);
      else resolve();
    };
    const callOff = after(withinMs, () =>
      finish(new Unreachable(`${late} within ${Math.round(withinMs)} ms`, 'no-answer')),
    );
    const failed = (fault: NodeJS.ErrnoException) => {
      const reset = fault.code === 'ECONNRESET' || fault.code === 'EPIPE';
      finish(new Unreachable(fault.message, reset ? 'reset' : 'refused'));
    };
    const gone = () => finish(new Unreachable(`${late}: the connection was closed`, 'reset'));
    const aborted = () => finish(new Unreachable('cancelled', 'no-answer'));
    stream.once('error', failed);
    stream.once('close', gone);
    signal?.addEventListener('abort', aborted, { once: true });
    listen(() => finish());
  });
}
