import type { Conversation, ConversationEvent } from './capture.js';
import { pairOf } from './ip.js';
import { encodePacket, FLAG } from './packet.js';

/** One packet as it would have been seen on the segment. */
export interface Captured {
  /** ms on the clock of the run. */
  at: number;
  bytes: Uint8Array;
  comment?: string;
}

type End = 'client' | 'server';
const OTHER: Record<End, End> = { client: 'server', server: 'client' };

const MSS = { 4: 1460, 16: 1440 } as const;
/** Maximum segment size, and a window scale of 128, so that no window ever looks full. */
const synOptions = (mss: number) => Uint8Array.of(2, 4, mss >> 8, mss & 0xff, 1, 3, 3, 7);

/**
 * The TCP packets that the events of a connection would have been: a handshake, data in full segments each
 * acknowledged at once, FIN and RST. Octets that were not kept make no packets; sequence numbers go on past them,
 * which Wireshark tells as "previous segment not captured".
 */
export class Wire {
  #packets: Captured[] = [];
  readonly #address: Record<End, Uint8Array>;
  readonly #port: Record<End, number>;
  /** Sequence number of the first octet, by end: some number, the same in every run. */
  readonly #base: Record<End, number>;
  /** Octets, SYN and FIN sent so far. */
  readonly #sent: Record<End, number> = { client: 0, server: 0 };
  readonly #mss: number;
  readonly #accepted: boolean;
  readonly #comment: string;
  #begun = false;
  #established = false;
  #id = 0;

  constructor({ id, client, upstream, events, comment }: Conversation) {
    const [near, far] = pairOf(client, upstream);
    this.#address = { client: near, server: far };
    this.#port = { client: client.port, server: upstream.port };
    this.#base = { client: 1000 * id, server: 500_000_000 + 1000 * id };
    this.#mss = MSS[near.length as 4 | 16];
    // A connection that was refused before anything was said looks as if the tap had not accepted it.
    this.#accepted = events.some(
      ({ from, kind }) => kind === 'data' || (from === 'server' && kind === 'open'),
    );
    this.#comment = [comment, `connection ${id}`].filter(Boolean).join(': ');
  }

  /** The packets that the next event was; before the first, those that opened the connection. */
  take(event: ConversationEvent): Captured[] {
    const { at, from, kind, comment } = event;
    const more = comment === undefined ? {} : { comment };
    if (!this.#begun) this.#open(at);
    if (kind === 'data') {
      this.#data(event);
    } else if (kind === 'fin') {
      this.#send(from, at, FLAG.fin | FLAG.ack, more);
      this.#sent[from]++;
      this.#send(OTHER[from], at, FLAG.ack);
    } else if (kind === 'rst') {
      this.#send(from, at, FLAG.rst | FLAG.ack, more);
    }
    const packets = this.#packets;
    this.#packets = [];
    return packets;
  }

  #open(at: number): void {
    this.#begun = true;
    const options = synOptions(this.#mss);
    this.#send('client', at, FLAG.syn, { options, comment: this.#comment });
    this.#sent.client = 1;
    if (!this.#accepted) return;
    this.#send('server', at, FLAG.syn | FLAG.ack, { options });
    this.#sent.server = 1;
    this.#established = true;
    this.#send('client', at, FLAG.ack);
  }

  #data({ at, from, length, bytes, comment }: ConversationEvent): void {
    if (!bytes) {
      this.#sent[from] += length;
      return;
    }
    for (let start = 0; start < bytes.length; start += this.#mss) {
      const payload = bytes.subarray(start, start + this.#mss);
      const last = start + payload.length === bytes.length;
      const more = start === 0 && comment !== undefined ? { comment } : {};
      this.#send(from, at, FLAG.ack | (last ? FLAG.psh : 0), { payload, ...more });
      this.#sent[from] += payload.length;
    }
    this.#send(OTHER[from], at, FLAG.ack);
  }

  #send(
    from: End,
    at: number,
    flags: number,
    { comment, ...rest }: { options?: Uint8Array; payload?: Uint8Array; comment?: string } = {},
  ): void {
    const to = OTHER[from];
    const acknowledges = this.#established || (flags & FLAG.ack) !== 0;
    const bytes = encodePacket({
      source: this.#address[from],
      dest: this.#address[to],
      sourcePort: this.#port[from],
      destPort: this.#port[to],
      seq: (this.#base[from] + this.#sent[from]) % 2 ** 32,
      ack: acknowledges ? (this.#base[to] + this.#sent[to]) % 2 ** 32 : 0,
      flags,
      id: this.#id++,
      ...rest,
    });
    this.#packets.push({ at, bytes, ...(comment && { comment }) });
  }
}
