import { createHash, randomBytes } from 'node:crypto';
import type { Field } from './fields.js';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Sec-WebSocket-Accept for a Sec-WebSocket-Key (RFC 6455 §1.3, §4.2.2). */
export function acceptValue(key: string): string {
  return createHash('sha1')
    .update(key + GUID)
    .digest('base64');
}

/** A fresh Sec-WebSocket-Key: sixteen random octets in base64 (RFC 6455 §4.1). */
export function freshKey(): string {
  return randomBytes(16).toString('base64');
}

/**
 * The fields of an opening handshake (RFC 6455 §4.1), always in this order: Host, Upgrade, Connection,
 * Sec-WebSocket-Key, -Version, -Protocol, -Extensions, then `fields`. `change` says a field's value otherwise, and
 * its name as it stands there, or leaves it out where it says undefined, by name in any case; a value for a field that
 * is not there is added last.
 */
export function upgradeFields(asked: {
  host: string;
  key: string;
  version?: string;
  subprotocols?: readonly string[];
  extensions?: string;
  fields?: readonly Field[];
  change?: Readonly<Record<string, string | undefined>>;
}): Field[] {
  const { host, key, version = '13', subprotocols = [], extensions, fields = [], change = {} } = asked;
  const all: Field[] = [
    ['Host', host],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Key', key],
    ['Sec-WebSocket-Version', version],
  ];
  if (subprotocols.length > 0) all.push(['Sec-WebSocket-Protocol', subprotocols.join(', ')]);
  if (extensions !== undefined) all.push(['Sec-WebSocket-Extensions', extensions]);
  all.push(...fields);

  const changes = new Map(Object.entries(change).map((entry) => [entry[0].toLowerCase(), entry] as const));
  const here = new Set(all.map(([name]) => name.toLowerCase()));
  const changed = all.flatMap(([name, value]): Field[] => {
    const entry = changes.get(name.toLowerCase());
    if (!entry) return [[name, value]];
    return entry[1] === undefined ? [] : [[entry[0], entry[1]]];
  });
  for (const [lower, [name, value]] of changes) {
    if (!here.has(lower) && value !== undefined) changed.push([name, value]);
  }
  return changed;
}
