import { generateKeyPair, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import type { pki } from 'node-forge';
import type { Authority, CertificateKind } from './model.js';

type Forge = typeof import('node-forge');
type Extension = Record<string, unknown>;

interface Pair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

/** What a certificate is signed with. */
interface Issuer {
  name: string;
  key: KeyObject;
  /** Its subject key identifier, octets as latin1. */
  id: string;
}

interface Wanted {
  subject: string;
  key: KeyObject;
  issuer?: Issuer;
  days: readonly [from: number, to: number];
  extensions: readonly Extension[];
}

const dayMs = 86_400_000;
const caName = 'wsgauntlet lab CA';
const valid = [-1, 30] as const;
const wrongName = 'wrong-name.invalid';

const caUses: readonly Extension[] = [
  { name: 'basicConstraints', cA: true, critical: true },
  { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
];
const leafUses: readonly Extension[] = [
  { name: 'basicConstraints', cA: false, critical: true },
  { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
  { name: 'extKeyUsage', serverAuth: true },
];

const clientUses: readonly Extension[] = [
  ...leafUses.filter(({ name }) => name !== 'extKeyUsage'),
  { name: 'extKeyUsage', clientAuth: true },
];

/**
 * A certificate authority for one run, named `wsgauntlet lab CA`. Leaves share one RSA-2048 key (RSA-1024 for
 * `weak-key`) and are made once for the same names and kind. Keys are PKCS #8 and live in memory only.
 */
export async function createAuthority(): Promise<Authority> {
  const { default: forge } = await import('node-forge');
  const [root, shared] = await Promise.all([strongPair(), strongPair()]);
  const ca = certificate(
    forge,
    { subject: caName, key: root.publicKey, days: valid, extensions: caUses },
    root,
  );
  const issuer = asIssuer(ca, root);
  const stranger = once(() => strangers(forge, shared));
  const weak = once(() => generateKeyPairSync('rsa', { modulusLength: 1024 }));
  const made = new Map<string, { cert: string; key: string }>();

  const make = (names: readonly string[], kind: CertificateKind) => {
    const pair = kind === 'weak-key' ? weak() : shared;
    const shown = kind === 'wrong-name' ? [wrongName] : names;
    const cert = certificate(
      forge,
      {
        subject: shown.find((name) => isIP(name) === 0) ?? shown[0] ?? wrongName,
        key: pair.publicKey,
        days: kind === 'expired' ? [-30, -1] : kind === 'not-yet-valid' ? [1, 30] : valid,
        extensions: [
          ...(kind === 'wrong-usage' ? clientUses : leafUses),
          ...(kind === 'cn-only' ? [] : [alternativeNames(shown)]),
        ],
        ...(kind !== 'self-signed' && { issuer: kind === 'untrusted' ? stranger() : issuer }),
      },
      pair,
    );
    return { cert: forge.pki.certificateToPem(cert), key: pem(pair.privateKey) };
  };

  return {
    ca: forge.pki.certificateToPem(ca),
    caKey: pem(root.privateKey),
    leaf(names, kind = 'good') {
      const label = [kind, ...names].join(' ');
      const leaf = made.get(label) ?? make(names, kind);
      made.set(label, leaf);
      return leaf;
    },
  };
}

/** Signed by `wanted.issuer`, or by its own key where there is none. */
function certificate(forge: Forge, wanted: Wanted, own: Pair): pki.Certificate {
  const { asn1, md, pki, util } = forge;
  const cert = pki.createCertificate();
  cert.publicKey = pki.publicKeyFromPem(wanted.key.export({ type: 'spki', format: 'pem' }).toString());
  // RFC 5280 §4.1.2.2: positive, at most 20 octets.
  cert.serialNumber = `01${randomBytes(15).toString('hex')}`;
  cert.validity.notBefore = new Date(Date.now() + wanted.days[0] * dayMs);
  cert.validity.notAfter = new Date(Date.now() + wanted.days[1] * dayMs);
  cert.setSubject(commonName(wanted.subject));
  cert.setIssuer(commonName(wanted.issuer?.name ?? wanted.subject));
  const id = wanted.issuer?.id ?? cert.generateSubjectKeyIdentifier().getBytes();
  cert.setExtensions([
    ...wanted.extensions,
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: id },
  ]);
  // forge signs in JavaScript, at some 80 ms each; OpenSSL signs the same octets in one.
  const key = {
    sign() {
      const octets = asn1.toDer(cert.tbsCertificate).getBytes();
      const signature = sign('sha256', Buffer.from(octets, 'latin1'), wanted.issuer?.key ?? own.privateKey);
      return util.binary.raw.encode(signature);
    },
  };
  cert.sign(key as unknown as pki.rsa.PrivateKey, md.sha256.create());
  return cert;
}

function alternativeNames(names: readonly string[]): Extension {
  const altNames = names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name }));
  return { name: 'subjectAltName', altNames };
}

/** RFC 5280 appendix A: ub-common-name is 64. */
function commonName(value: string): pki.CertificateField[] {
  return [{ name: 'commonName', value: value.slice(0, 64) }];
}

function asIssuer(cert: pki.Certificate, pair: Pair): Issuer {
  const name = cert.subject.getField('CN').value as string;
  return { name, key: pair.privateKey, id: cert.generateSubjectKeyIdentifier().getBytes() };
}

/** A CA that nobody is told to trust. Its key is the leaves': to make one more here would hold up everything else. */
function strangers(forge: Forge, pair: Pair): Issuer {
  const wanted = { subject: 'wsgauntlet stranger CA', key: pair.publicKey, days: valid, extensions: caUses };
  return asIssuer(certificate(forge, wanted, pair), pair);
}

function strongPair(): Promise<Pair> {
  return promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
