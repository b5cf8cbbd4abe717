/** What a server said of a session that can be gone on with. */
export interface Ticket {
  /** Octets that may be sent before the handshake is over; 0 where none may. */
  earlyData: number;
  /** For how long it is good, in seconds, where that was said. */
  lifetime?: number;
}

const LIFETIME = 9;
const EARLY_DATA = 15;

/** Reads the session that OpenSSL keeps (SSL_SESSION of ssl_asn1.c, DER): a sequence whose later members have tags. */
export function readTicket(session: Uint8Array): Ticket {
  const der = Buffer.from(session);
  const ticket: Ticket = { earlyData: 0 };
  let [at] = bounds(der, 0);
  while (at + 2 <= der.length) {
    const [from, to] = bounds(der, at);
    // EXPLICIT [n] around an INTEGER.
    const tag = (der[at]! & 0xe0) === 0xa0 ? der[at]! & 0x1f : -1;
    if (tag === EARLY_DATA) ticket.earlyData = integerAt(der, from);
    if (tag === LIFETIME) ticket.lifetime = integerAt(der, from);
    if (to <= at) break;
    at = to;
  }
  return ticket;
}

function integerAt(der: Buffer, at: number): number {
  const [from, to] = bounds(der, at);
  return to > from && to - from <= 6 ? der.readUIntBE(from, to - from) : 0;
}

/** Where the value of the element that begins at `at` begins and ends. */
function bounds(der: Buffer, at: number): readonly [from: number, to: number] {
  const first = der[at + 1] ?? 0;
  if (first < 128) return [at + 2, at + 2 + first];
  const octets = Math.min(first & 127, 4);
  const length = octets > 0 && at + 2 + octets <= der.length ? der.readUIntBE(at + 2, octets) : 0;
  return [at + 2 + octets, at + 2 + octets + length];
}
