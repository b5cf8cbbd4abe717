import type { CertificateKind, Intermediary } from '../../harness/model.js';
import { type Duration, milliseconds } from '../common/duration.js';
import { offersOf } from '../common/remedies.js';
import { serve } from './serve.js';

const REMEDIES = new URL('./remedies/', import.meta.url);

export interface PlainOptions {
  /** How long the upstream (or, in a tunnel, both sides) may be silent before a FIN; for ever when absent. */
  idleMs?: Duration;
  /** TLS in front, with the site's certificate. */
  tls?: boolean;
  /** Which certificate is shown, with `tls`. */
  certificate?: CertificateKind;
  /** Hold answers back until they are complete or 8 KiB long. */
  buffering?: boolean;
}

/**
 * A stand-in: an HTTP/1.1 reverse proxy that removes hop-by-hop headers as RFC 9110 §7.6.1 has it, so that
 * Upgrade never reaches the origin.
 */
export const stripping = (options: PlainOptions = {}): Intermediary =>
  standIn('that strips Upgrade', options);

/** A stand-in: the same, but it passes `Upgrade: websocket` on and becomes a tunnel after a real 101. */
export const passing = (options: PlainOptions = {}): Intermediary =>
  standIn('that passes Upgrade', options, true);

/** Either of them. */
export default function plain(options: PlainOptions & { upgrade?: boolean } = {}): Intermediary {
  return options.upgrade ? passing(options) : stripping(options);
}

export { type ForwardingOptions, forwarding } from './forwarding.js';

function standIn(what: string, options: PlainOptions, upgrade = false): Intermediary {
  const { idleMs, tls = false, certificate, buffering = false } = options;
  const idle = idleMs === undefined ? undefined : milliseconds(idleMs);
  const features = [tls && 'TLS in front', buffering && 'buffering', idle && `cutting after ${idle} ms`];
  return {
    name: 'plain-proxy',
    title: [`a plain reverse proxy ${what}`, ...features.filter(Boolean)].join(', '),
    role: 'reverse',
    standIn: true,
    ...(tls && { tls }),
    ...(certificate && { certificate }),
    embed: (site) =>
      serve(site, {
        via: 'plain-proxy',
        onward: ({ url }) => ({ to: site.upstream, path: url!, tls: site.upstreamTls }),
        upgrade,
        tls,
        buffering,
        ...(idle !== undefined && { idleMs: idle }),
      }),
    remedies: (finding) => offersOf(REMEDIES, 'plain', finding, { ...options, upgrade }, plain),
  };
}
