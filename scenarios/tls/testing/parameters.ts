import { getDiffieHellman } from 'node:crypto';

/** A well-known group (RFC 2409, RFC 3526) as the PEM of DHParameter (PKCS #3 §9). */
export function parameters(group: 'modp2' | 'modp14'): string {
  const made = getDiffieHellman(group);
  const body = Buffer.concat([integer(made.getPrime()), integer(made.getGenerator())]);
  const der = Buffer.concat([Buffer.from([0x30]), length(body.length), body]);
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN DH PARAMETERS-----\n${lines}\n-----END DH PARAMETERS-----\n`;
}

/** DER; a leading zero keeps it positive. */
function integer(value: Buffer): Buffer {
  const octets = value[0]! & 128 ? Buffer.concat([Buffer.alloc(1), value]) : value;
  return Buffer.concat([Buffer.from([0x02]), length(octets.length), octets]);
}

const length = (octets: number): Buffer =>
  octets < 128 ? Buffer.from([octets]) : Buffer.from([0x82, octets >> 8, octets & 255]);
