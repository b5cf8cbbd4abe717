import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext, type TlsOptions } from 'node:tls';
import forge from 'node-forge';
import type { Site } from '../../../harness/model.js';

export interface CertificateOptions {
  /** From and to, days from now. */
  days?: readonly [from: number, to: number];
  hash?: 'sha1' | 'sha256' | 'md5';
  /** Bits of its RSA key. */
  bits?: number;
}

/** A certificate of the lab's CA for the site, with one thing about it that the lab itself does not make. */
export const signed =
  ({ days = [-1, 30], hash = 'sha256', bits = 2048 }: CertificateOptions) =>
  async (site: Site): Promise<TlsOptions> => {
    const { pki, md } = forge;
    const [ca, caKey] = await Promise.all([readFile(site.ca, 'utf8'), readFile(site.caKey, 'utf8')]);
    const pair = generateKeyPairSync('rsa', {
      modulusLength: bits,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const cert = pki.createCertificate();
    cert.publicKey = pki.publicKeyFromPem(pair.publicKey);
    cert.serialNumber = `01${randomBytes(15).toString('hex')}`;
    cert.validity.notBefore = daysFromNow(days[0]);
    cert.validity.notAfter = daysFromNow(days[1]);
    cert.setSubject([{ name: 'commonName', value: site.name }]);
    cert.setIssuer(pki.certificateFromPem(ca).subject.attributes);
    const names = { type: 2, value: site.name };
    cert.setExtensions([{ name: 'subjectAltName', altNames: [names] }]);
    cert.sign(pki.privateKeyFromPem(caKey), md[hash].create());
    return { cert: pki.certificateToPem(cert), key: pair.privateKey, ciphers: 'DEFAULT@SECLEVEL=0' };
  };

const daysFromNow = (days: number): Date => new Date(Date.now() + days * 86_400_000);

/** The site's certificate for its name, and another one for who names none. */
export const forUnknown = async (site: Site): Promise<TlsOptions> => {
  const [cert, key] = await Promise.all([readFile(site.cert), readFile(site.key)]);
  const own = createSecureContext({ cert, key });
  const other = await signed({})(site);
  return { ...other, SNICallback: (name, done) => done(null, name === site.name ? own : undefined) };
};
