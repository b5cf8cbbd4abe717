import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Address, Intermediary, Site } from '../../harness/model.js';
import { hostPort, parseHostPort } from '../common/address.js';
import { type Duration, milliseconds } from '../common/duration.js';
import type { Listener } from '../common/listener.js';
import { offersOf } from '../common/remedies.js';
import { tunnel } from '../common/tunnel.js';
import { emptyAnswer, type Onward, serve } from './serve.js';

export interface ForwardingOptions {
  /** Take CONNECT; true when absent. */
  connect?: boolean;
  /** Take requests in absolute form; true when absent. */
  absolute?: boolean;
  /** Pass `Upgrade: websocket` on in requests in absolute form. */
  upgrade?: boolean;
  /** Ports that it leads nobody to; those below 1024 but 80 and 443 when absent. */
  denyPorts?(port: number): boolean;
  /** How clients ask for ws:// targets; CONNECT when absent. */
  method?: 'CONNECT' | 'GET';
  /** How long a tunnel or a server may be silent before a FIN; for ever when absent. */
  idleMs?: Duration;
}

const REMEDIES = new URL('./remedies/', import.meta.url);

const wellKnown = (port: number) => port < 1024 && port !== 80 && port !== 443;

/** A stand-in: a small HTTP/1.1 forward proxy, by CONNECT and by requests in absolute form (RFC 9112 §3.2). */
export function forwarding(options: ForwardingOptions = {}): Intermediary {
  const {
    connect: byConnect = true,
    absolute = true,
    upgrade = false,
    denyPorts = wellKnown,
    method,
  } = options;
  const idleMs = options.idleMs === undefined ? undefined : milliseconds(options.idleMs);
  const features = [!byConnect && 'no CONNECT', !absolute && 'CONNECT alone', upgrade && 'passing Upgrade'];
  return {
    name: 'plain-forward-proxy',
    title: ['a plain forward proxy', ...features.filter(Boolean)].join(', '),
    role: 'forward',
    standIn: true,
    ...(method && { method }),
    embed: (site) =>
      serve(site, {
        via: 'plain-forward-proxy',
        onward: (request) => (absolute ? targetOf(request, site, denyPorts) : 403),
        upgrade,
        ...(idleMs !== undefined && { idleMs }),
        ...(byConnect && { connect: tunnelTo(site, denyPorts, idleMs) }),
      }),
    remedies: (finding) => offersOf(REMEDIES, 'plain', finding, options, forwarding),
  };
}

function targetOf({ url = '' }: IncomingMessage, site: Site, deny: (port: number) => boolean): Onward {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (target?.protocol !== 'http:') return 400;
  const port = target.port === '' ? 80 : Number(target.port);
  if (deny(port)) return 403;
  if (site.parent) return { to: site.parent, path: url, tls: false };
  return {
    to: { host: unbracketed(target.hostname), port },
    path: target.pathname + target.search,
    tls: false,
  };
}

const unbracketed = (host: string) => host.replace(/^\[(.*)\]$/, '$1');

type Connect = (request: IncomingMessage, socket: Socket, early: Buffer, listener: Listener) => void;

function tunnelTo(site: Site, deny: (port: number) => boolean, idleMs: number | undefined): Connect {
  return ({ url = '' }, socket, early, listener) => {
    const target = parseHostPort(url);
    if (!target) return void socket.end(emptyAnswer(400));
    if (deny(target.port)) return void socket.end(emptyAnswer(403));
    const onward: Address = site.parent ?? target;
    const upstream = listener.keep(connect(onward));
    const unreachable = () => socket.end(emptyAnswer(502));
    upstream.once('error', unreachable);
    upstream.once('connect', () => {
      upstream.off('error', unreachable);
      // A parent answers the CONNECT itself.
      if (site.parent)
        upstream.write(`CONNECT ${hostPort(target)} HTTP/1.1\r\nHost: ${hostPort(target)}\r\n\r\n`);
      else socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (early.length > 0) upstream.write(early);
      tunnel(socket, upstream, idleMs);
    });
  };
}
