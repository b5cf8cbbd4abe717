import type { HopRecord, PlaceRecord } from '../model.js';
import type { Capture, Conversation, ConversationEvent, Segment } from './capture.js';
import { KeyLog } from './key-log.js';
import { insides } from './tunnel.js';

/** Octets that the capture of one scenario holds; those past it are counted, and make no packets. */
const MOST_KEPT = 64 * 1024 * 1024;
/** Where the tokens in request targets are looked for. */
const LOOKED_AT = 16_384;

/** What recorded a segment; a tap is one. */
export interface Recorded {
  segment: string;
  connections: readonly Conversation[];
  /** Connections that were passed on and not recorded. */
  unrecorded: number;
}

/** What crossed the places of one scenario: it is opened once more for each check that has it for itself. */
export class Recording {
  readonly #keyLog = new KeyLog();
  readonly #segments = new Map<string, Segment & { connections: Conversation[] }>();
  #left = MOST_KEPT;
  #dropped = 0;
  #path: string | undefined;

  constructor(
    private readonly scenario: string,
    private readonly bound = MOST_KEPT,
  ) {
    this.#left = bound;
  }

  /** Takes what a `keylog` event of `node:tls` gives. */
  keyLog(lines: Uint8Array): void {
    this.#keyLog.add(lines);
  }

  get empty(): boolean {
    return this.#segments.size === 0;
  }

  /**
   * Takes what was recorded of a place that is over, its segments client's side first.
   * @param checks which check a token in a request target is of
   */
  take(recorded: readonly Recorded[], place: PlaceRecord, checks: ReadonlyMap<string, string>): void {
    this.#path ??= `${place.title}: ${place.hops.map(nameOf).join(' → ')}`;
    for (const [index, { segment, connections, unrecorded }] of recorded.entries()) {
      // The same hop may stand in a path twice.
      const key = `${index} ${segment}`;
      const known = this.#segments.get(key) ?? { name: segment, connections: [] };
      const kept = connections.map((connection) => this.#kept(connection, checks));
      const behind = recorded.length === place.hops.length - 1 ? place.hops[index + 1] : undefined;
      const notes = [
        ...(known.comment ? [known.comment] : behind ? [`to ${described(behind)}`] : []),
        ...(unrecorded > 0 ? [`${unrecorded} more connections were not recorded`] : []),
      ];
      this.#segments.set(key, {
        name: segment,
        connections: [...known.connections, ...kept],
        ...(notes.length > 0 && { comment: notes.join('; ') }),
      });
    }
  }

  #kept(connection: Conversation, checks: ReadonlyMap<string, string>): Conversation {
    const { id, client, upstream } = connection;
    const events = connection.events.map((event) => this.#keptEvent(event));
    const of = [...new Set(tokensOf(events).flatMap((token) => checks.get(token) ?? []))];
    return { id, client, upstream, events, ...(of.length > 0 && { comment: of.join(', ') }) };
  }

  #keptEvent(event: ConversationEvent): ConversationEvent {
    const { bytes, ...counted } = event;
    if (!bytes) return event;
    if (bytes.length > this.#left) {
      this.#dropped += bytes.length;
      return counted;
    }
    this.#left -= bytes.length;
    return event;
  }

  /** @param epochMs Unix time at which the clock of the recordings stood at zero */
  capture(epochMs: number): Capture {
    const comment = [
      `${this.scenario}: ${this.#path ?? ''}`,
      'recorded by wsgauntlet on the sockets of its relays: octets, times, FIN and RST are real, TCP around them is made up',
      ...(this.#dropped > 0
        ? [`${this.#dropped} octets past ${this.bound} of the scenario are left out`]
        : []),
    ].join('\n');
    const secrets = this.#keyLog.text();
    const segments = [...this.#segments.values()];
    const inner = segments.flatMap((segment) => insides(segment) ?? []);
    return { epochMs, segments: [...segments, ...inner], comment, ...(secrets && { secrets }) };
  }
}

const nameOf = ({ name, version }: HopRecord): string => (version ? `${name} ${version}` : name);

const described = (hop: HopRecord): string =>
  [`${nameOf(hop)} (${hop.role}${hop.runtime ? `, ${hop.runtime}` : ''})`, hop.title]
    .filter(Boolean)
    .join(': ');

/** By which the record's evidence knows a connection; what TLS hides has none. */
function tokensOf(events: readonly ConversationEvent[]): string[] {
  let text = '';
  for (const { from, bytes } of events) {
    if (from === 'client' && bytes && text.length < LOOKED_AT) {
      text += Buffer.from(bytes.subarray(0, LOOKED_AT)).toString('latin1');
    }
  }
  return [...text.matchAll(/[?&]gauntlet=(\w+)/g)].map(([, token]) => token!);
}
