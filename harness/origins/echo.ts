import type { CertificateKind, Origin } from '../model.js';
import { serve } from './server.js';

export interface EchoOptions {
  /** Listen with TLS. */
  tls?: boolean;
  /** With a certificate that is wrong on purpose; implies TLS. */
  certificate?: CertificateKind;
}

/** A sound origin: it echoes messages at `/echo`, and does what the other paths of `behaviours/` say. */
export const echo = (options: EchoOptions = {}): Origin => ({
  name: 'origin',
  title: 'echo',
  role: 'origin',
  tls: options.tls ?? options.certificate !== undefined,
  ...(options.certificate && { certificate: options.certificate }),
  embed: (site) => serve(site, { tls: options.tls ?? options.certificate !== undefined, sins: new Set() }),
});
