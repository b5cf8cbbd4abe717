import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import {
  type ConnectionOptions,
  checkServerIdentity,
  connect as connectTls,
  type DetailedPeerCertificate,
  type TLSSocket,
} from 'node:tls';
import type { Route, TlsChoice, TlsSession } from '../model.js';
import { show } from '../protocol/index.js';
import { chainOf } from './chain.js';
import { chainFault, tlsFault } from './faults.js';
import { settle } from './settle.js';
import { Unreachable } from './unreachable.js';

export interface SecureOptions {
  /** The host of the URL; the name that is asked for and verified, unless the route says another. */
  host: string;
  withinMs: number;
  signal?: AbortSignal | undefined;
  tls?: TlsChoice | undefined;
  /** Called before anything is sent. */
  begun?(stream: TLSSocket): void;
}

/** TLS over a stream, as a client. Throws Unreachable. */
export async function secure(
  socket: Socket,
  route: Pick<Route, 'ca' | 'cert' | 'key' | 'insecure' | 'servername' | 'keyLog'>,
  options: SecureOptions,
): Promise<{ stream: TLSSocket; session: TlsSession }> {
  const { host, withinMs, signal, tls, begun } = options;
  const name = route.servername ?? host;
  const asked = tls?.servername ?? name;
  const lax = tls?.trustAll === true || route.insecure === true;
  const stream = begin({
    socket,
    ...chosen(tls),
    ...(route.ca !== undefined && { ca: route.ca }),
    ...(route.cert !== undefined && { cert: route.cert }),
    ...(route.key !== undefined && { key: route.key }),
    // RFC 6066 §3: addresses are no names.
    ...(typeof asked === 'string' && isIP(asked) === 0 && { servername: asked }),
    host: name,
    rejectUnauthorized: !lax,
    checkServerIdentity: (_, cert) => (lax ? undefined : checkServerIdentity(name, cert)),
  });
  stream.on('error', () => {});
  begun?.(stream);
  if (route.keyLog) stream.on('keylog', route.keyLog);
  const tickets: { last?: Uint8Array } = {};
  stream.on('session', (ticket: Buffer) => {
    tickets.last = ticket;
  });
  await settle(stream, (done) => stream.once('secureConnect', done), {
    withinMs,
    signal,
    late: 'no answer in the TLS handshake',
    told: (fault) => tlsFault(fault, name),
  });
  return { stream, session: sessionOf(stream, name, tickets) };
}

function chosen({ version, alpn = ['http/1.1'], session }: TlsChoice = {}): ConnectionOptions {
  return {
    ...(alpn.length > 0 && { ALPNProtocols: [...alpn] }),
    ...(session && { session: Buffer.from(session) }),
    // OpenSSL offers what is older than TLS 1.2 at its lowest level of security only.
    ...(version && { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }),
  };
}

function sessionOf(stream: TLSSocket, name: string, tickets: { last?: Uint8Array }): TlsSession {
  const leaf: Partial<DetailedPeerCertificate> = stream.getPeerCertificate(true);
  const { issuer, fingerprint256 } = leaf;
  // Its types say an Error; it is a code or a sentence.
  const distrust = stream.authorizationError as unknown as string | null | undefined;
  let chain: TlsSession['chain'];
  const misnamed = leaf.raw && checkServerIdentity(name, leaf as DetailedPeerCertificate);
  return {
    version: stream.getProtocol() ?? '',
    ...(stream.alpnProtocol && { alpn: stream.alpnProtocol }),
    issuer: String(issuer?.CN ?? ''),
    fingerprint: fingerprint256 ?? '',
    binding: stream.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0)).toString('base64'),
    cipher: stream.getCipher()?.name ?? '',
    resumed: stream.isSessionReused(),
    ...(distrust && { distrust: chainFault(distrust) }),
    ...(misnamed && { misnamed: tlsFault(misnamed, name) }),
    name,
    get chain() {
      chain ??= leaf.raw ? chainOf(leaf as DetailedPeerCertificate) : [];
      return chain;
    },
    get ticket() {
      return tickets.last;
    },
  };
}

/** @throws Unreachable where what the user gave does not fit: certificate, key, CA */
function begin(options: ConnectionOptions): TLSSocket {
  try {
    return connectTls(options);
  } catch (fault) {
    const { message } = fault as Error;
    throw new Unreachable(
      `the certificate, the key or the CA of the client cannot be used: ${show(message)}`,
      'refused',
    );
  }
}
