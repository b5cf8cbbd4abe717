import { randomBytes } from 'node:crypto';

/** By which a client can tell that TLS was opened on the way. */
export const INSPECTOR = 'wsgauntlet mockttp inspection CA';

/**
 * An intermediate CA certificate of that name, PEM, signed by the given CA. It shares the CA's key: one secret less
 * to make and to keep.
 */
export async function inspectorCertificate(caPem: string, caKeyPem: string): Promise<string> {
  const { pki, md } = (await import('node-forge')).default;
  const ca = pki.certificateFromPem(caPem);
  const cert = pki.createCertificate();
  cert.publicKey = ca.publicKey;
  // RFC 5280 §4.1.2.2: positive, at most 20 octets.
  cert.serialNumber = `01${randomBytes(15).toString('hex')}`;
  cert.validity = ca.validity;
  cert.setSubject([{ name: 'commonName', value: INSPECTOR }]);
  cert.setIssuer(ca.subject.attributes);
  cert.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: ca.generateSubjectKeyIdentifier().getBytes() },
  ]);
  cert.sign(pki.privateKeyFromPem(caKeyPem), md.sha256.create());
  return pki.certificateToPem(cert);
}
