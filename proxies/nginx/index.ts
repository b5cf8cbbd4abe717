import type { CertificateKind, Intermediary } from '../../harness/model.js';
import type { Duration } from '../common/duration.js';
import { offersOf } from '../common/remedies.js';
import { httpConfig } from './http.js';
import { streamConfig } from './stream.js';

export interface NginxOptions {
  /**
   * Forward `Upgrade` and `Connection` over HTTP/1.1, whatever they say; `'alone'` forwards `Upgrade: websocket` and
   * no other protocol. Without it nginx drops both, as it does by default.
   */
  websocket?: boolean | 'alone';
  /** `proxy_read_timeout`: how long the upstream may be silent; nginx's 60 s when absent. */
  readTimeout?: Duration;
  /** `proxy_buffering`; on, as in nginx, when absent. */
  buffering?: boolean;
  /** Further lines for the location with the proxy_pass. */
  lines?: readonly string[];
  /** TLS in front, with the site's certificate. */
  tls?: boolean;
  /** Take TLS 1.0 and 1.1 as well, with `tls`; false takes 1.2 and 1.3 alone. What this nginx takes by itself when absent. */
  oldTls?: boolean;
  /** Which certificate is shown, with `tls`. */
  certificate?: CertificateKind;
  /** Relay TCP (the stream module) instead of HTTP; only `tls` and `streamTimeout` go with it. */
  stream?: boolean;
  /** `proxy_timeout`: how long both sides of a TCP session may be silent; nginx's 10 minutes when absent. */
  streamTimeout?: Duration;
}

const REMEDIES = new URL('./remedies/', import.meta.url);

/**
 * nginx as a reverse proxy, or with `stream` as a TCP relay. Upstreams that speak TLS are verified against the
 * lab's CA (a bad certificate makes nginx answer 502); a TCP relay without `tls` passes their TLS through.
 * Throws a TypeError for options that do not go together.
 */
export function nginx(options: NginxOptions = {}): Intermediary {
  const { stream = false, tls = false } = options;
  refuseMixture(options);
  return {
    name: 'nginx',
    title: titleOf(options),
    image: 'nginx:stable-alpine',
    // A relay that ends TLS is something that clients have to address, and no longer transparent.
    role: stream && !tls ? 'transparent' : 'reverse',
    ...(tls && { tls }),
    ...(options.certificate && { certificate: options.certificate }),
    version: ['nginx', stream ? '-V' : '-v'],
    ...(stream && {
      needs: { pattern: /--with-stream\b/, otherwise: 'this nginx was built without the stream module' },
      ports: ['ready'],
    }),
    logs: ['access.log', 'error.log'],
    crashed: /\[alert\].*worker process \d+ exited (?:on signal|with fatal code)/,
    files: (site) => ({ 'nginx.conf': stream ? streamConfig(options, site) : httpConfig(options, site) }),
    argv: (site) => ['nginx', '-c', `${site.dir}/nginx.conf`],
    ready: { by: 'http', path: '/gauntlet-ready', ...(stream && { port: 'ready' }) },
    remedies: (finding) => offersOf(REMEDIES, 'nginx', finding, options, nginx),
  };
}

export default nginx;

function refuseMixture(options: NginxOptions): void {
  const { stream, streamTimeout, tls, certificate, websocket } = options;
  const httpOnly = (['websocket', 'readTimeout', 'buffering', 'lines'] as const).find(
    (key) => options[key] !== undefined,
  );
  if (stream && httpOnly)
    throw new TypeError(`nginx: ${httpOnly} means nothing to a TCP relay (stream: true)`);
  if (!stream && streamTimeout !== undefined) throw new TypeError('nginx: streamTimeout needs stream: true');
  if (certificate && !tls) throw new TypeError('nginx: certificate needs tls: true');
  if (options.oldTls !== undefined && !tls) throw new TypeError('nginx: oldTls needs tls: true');
  if (options.lines !== undefined && !Array.isArray(options.lines))
    throw new TypeError('nginx: lines is a list of lines');
  if (typeof websocket === 'string' && websocket !== 'alone')
    throw new TypeError("nginx: websocket is true, false or 'alone'");
}

function titleOf(options: NginxOptions): string {
  const { websocket, readTimeout, buffering, lines, tls, stream, streamTimeout } = options;
  const features = [
    tls && 'TLS in front',
    options.oldTls !== undefined && (options.oldTls ? 'of any version' : '1.2 and later'),
    readTimeout && `proxy_read_timeout ${readTimeout}`,
    streamTimeout && `proxy_timeout ${streamTimeout}`,
    buffering !== undefined && `proxy_buffering ${buffering ? 'on' : 'off'}`,
    ...(lines ?? []),
  ].filter(Boolean);
  const kind = stream
    ? 'nginx relaying TCP'
    : websocket
      ? `nginx that forwards ${websocket === 'alone' ? 'Upgrade: websocket alone' : 'Upgrade'}`
      : 'nginx with a plain proxy_pass';
  return [kind, ...features].join(', ');
}
