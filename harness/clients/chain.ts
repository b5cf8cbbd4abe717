import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate } from 'node:tls';
import type { ShownCertificate } from '../model.js';
import { show } from '../protocol/index.js';

const MOST_CERTIFICATES = 8;
const MOST_NAMES = 100;

/** The chain as verification had it, the server's own first: what the server sent, and the root where it is known here. */
export function chainOf(leaf: DetailedPeerCertificate): ShownCertificate[] {
  const chain: ShownCertificate[] = [];
  const seen = new Set<string>();
  for (let one: DetailedPeerCertificate | undefined = leaf; one?.raw; one = one.issuerCertificate) {
    if (seen.has(one.fingerprint256) || chain.length === MOST_CERTIFICATES) break;
    seen.add(one.fingerprint256);
    chain.push(described(one));
  }
  return chain;
}

function described({ raw }: DetailedPeerCertificate): ShownCertificate {
  const certificate = new X509Certificate(raw);
  const { subject, issuer, validFrom, validTo, fingerprint256, subjectAltName } = certificate;
  return {
    subject: oneLine(subject),
    issuer: oneLine(issuer),
    names: (subjectAltName ?? '')
      .split(', ')
      .filter((name) => name !== '')
      .slice(0, MOST_NAMES)
      .map((name) => show(name, 300)),
    from: Date.parse(validFrom),
    to: Date.parse(validTo),
    key: keyOf(certificate),
    signature: signatureOf(raw),
    selfSigned: certificate.checkIssued(certificate),
    fingerprint: fingerprint256,
  };
}

const oneLine = (name = ''): string => show(name.replaceAll('\n', ', '), 300);

function keyOf(certificate: X509Certificate): ShownCertificate['key'] {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
    const bits = asymmetricKeyDetails?.modulusLength;
    const curve = asymmetricKeyDetails?.namedCurve;
    return { type: asymmetricKeyType ?? 'unknown', ...(bits && { bits }), ...(curve && { curve }) };
  } catch {
    // A key of a kind that this library does not know.
    return { type: 'unknown' };
  }
}

/** RFC 8017 appendix A.2, RFC 5758, RFC 8410; the older ones that were ever used for certificates. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'RSA with MD2',
  '1.2.840.113549.1.1.4': 'RSA with MD5',
  '1.2.840.113549.1.1.5': 'RSA with SHA-1',
  '1.2.840.113549.1.1.10': 'RSASSA-PSS',
  '1.2.840.113549.1.1.11': 'RSA with SHA-256',
  '1.2.840.113549.1.1.12': 'RSA with SHA-384',
  '1.2.840.113549.1.1.13': 'RSA with SHA-512',
  '1.2.840.10040.4.3': 'DSA with SHA-1',
  '1.2.840.10045.4.1': 'ECDSA with SHA-1',
  '1.2.840.10045.4.3.2': 'ECDSA with SHA-256',
  '1.2.840.10045.4.3.3': 'ECDSA with SHA-384',
  '1.2.840.10045.4.3.4': 'ECDSA with SHA-512',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
};

/** RFC 5280 §4.1: a sequence of what is signed, the algorithm (a sequence that begins with its OID), and the signature. */
export function signatureOf(der: Uint8Array): string {
  const [outer] = valueAt(der, 0);
  const [, algorithmAt] = valueAt(der, outer);
  const [oidAt] = valueAt(der, algorithmAt);
  const [from, to] = valueAt(der, oidAt);
  const oid = dotted(der.subarray(from, to));
  return ALGORITHMS[oid] ?? oid;
}

/** Where the value of the element that begins at `at` begins and ends; DER, short and long lengths. */
function valueAt(der: Uint8Array, at: number): readonly [from: number, to: number] {
  const first = der[at + 1] ?? 0;
  if (first < 128) return [at + 2, at + 2 + first];
  const octets = first & 127;
  const length = Buffer.from(der.buffer, der.byteOffset, der.length).readUIntBE(at + 2, octets);
  return [at + 2 + octets, at + 2 + octets + length];
}

function dotted(octets: Uint8Array): string {
  const numbers: number[] = [];
  let number = 0;
  for (const octet of octets) {
    number = number * 128 + (octet & 127);
    if (octet & 128) continue;
    numbers.push(number);
    number = 0;
  }
  const [first = 0, ...rest] = numbers;
  const head = Math.min(Math.floor(first / 40), 2);
  return [head, first - head * 40, ...rest].join('.');
}
