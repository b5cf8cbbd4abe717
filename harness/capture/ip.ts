import { isIPv4, isIPv6 } from 'node:net';
import type { Address } from '../model.js';

/** The octets of both addresses, 4 each or 16 each. A name that is no address becomes the unspecified address. */
export function pairOf(a: Address, b: Address): [Uint8Array, Uint8Array] {
  const [one, other] = [octetsOf(a.host), octetsOf(b.host)];
  if (one.length === other.length) return [one, other];
  return [mapped(one), mapped(other)];
}

function octetsOf(host: string): Uint8Array {
  const bare = host.replace(/%.*$/, '');
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (v4 && isIPv4(v4)) return Uint8Array.from(v4.split('.'), Number);
  return isIPv6(bare) ? octetsOfV6(bare) : new Uint8Array(4);
}

function octetsOfV6(host: string): Uint8Array {
  const [head = '', tail] = host.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').flatMap(groupOf));
  const [before, after] = [groups(head), tail === undefined ? [] : groups(tail)];
  const all = [
    ...before,
    ...new Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0),
    ...after,
  ];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

/** The last group may be written as an IPv4 address (RFC 4291 §2.2). */
function groupOf(text: string): number[] {
  if (!text.includes('.')) return [Number.parseInt(text, 16)];
  const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number);
  return [(a << 8) | b, (c << 8) | d];
}

/** An IPv4 address as IPv6 writes it (RFC 4291 §2.5.5.2). */
function mapped(octets: Uint8Array): Uint8Array {
  if (octets.length === 16) return octets;
  return Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, ...octets]);
}

/** RFC 1071, over the parts as if they stood together; each but the last has an even length. */
export function checksum(...parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 2) sum += (part[at]! << 8) | (part[at + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
