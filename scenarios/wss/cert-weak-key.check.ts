import type { Check } from '../../harness/model.js';
import { refusesCertificate } from './bad-certificate.js';

export default {
  title: 'The client refuses a certificate with an RSA key of 1024 bits',
  requirement: 'RSA keys in certificates have 2048 bits or more.',
  severity: 'medium',
  judges: 'client',
  lures: true,
  kind: 'hardening',
  cwe: 'CWE-326',
  refs: ['RFC 9325 §4.5', 'RFC 6455 §10.6'],
  why: 'Keys of 1024 bits are within reach of those who can afford it. OpenSSL as Node.js has it takes them at its default level of security.',
  remedy: "Raise the level of security on the client (ciphers: 'DEFAULT@SECLEVEL=2').",
  run: (probe) => refusesCertificate(probe, 'weak-key', 'with an RSA key of 1024 bits'),
} satisfies Check;
