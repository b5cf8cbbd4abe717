import { assign, decode, encode, float32, type Kind } from './json.js';
import type { Link } from './link.js';
import { Mutex } from './mutex.js';
import { badBody, Refusal } from './refusal.js';
import type { Entry } from './stub.js';
import type { Toxic } from './toxic.js';

export type Stream = 'upstream' | 'downstream';
const STREAMS: readonly Stream[] = ['upstream', 'downstream'];

const int64s = (kind: Toxic) =>
  Object.fromEntries(Object.keys(kind.attributes).map((name): [string, Kind] => [name, 'int64']));

/** The toxics of one proxy, in the order in which they were added, and the links that they work on. */
export class Toxics {
  readonly #kinds: ReadonlyMap<string, Toxic>;
  readonly #chains: Record<Stream, Entry[]> = { upstream: [], downstream: [] };
  readonly #links: Record<Stream, Set<Link>> = { upstream: new Set(), downstream: new Set() };
  readonly #mutex = new Mutex();

  constructor(kinds: ReadonlyMap<string, Toxic>) {
    this.#kinds = kinds;
  }

  /** Those of one stream, or upstream's and then downstream's. */
  list(stream?: Stream): readonly Entry[] {
    return stream ? this.#chains[stream] : STREAMS.flatMap((stream) => this.#chains[stream]);
  }

  get(name: string): Entry {
    const entry = this.list().find((entry) => entry.name === name);
    if (!entry) throw new Refusal(404, 'toxic not found');
    return entry;
  }

  /** Adds the toxic that a request's body describes. */
  add(body: string): Promise<Entry> {
    return this.#mutex.run(async () => {
      const value = decode(body);
      const given = { name: '', type: '', stream: 'downstream', toxicity: 1, attributes: {} };
      assign(
        given,
        { name: 'string', type: 'string', stream: 'string', toxicity: 'float32', attributes: 'object' },
        value,
      );
      const stream = streamOf(given.stream);
      if (!stream) throw new Refusal(400, 'stream was invalid, can be either upstream or downstream');
      const name = given.name || `${given.type}_${given.stream}`;
      const kind = this.#kinds.get(given.type);
      if (!kind) throw new Refusal(400, 'invalid toxic type');
      if (this.list().some((entry) => entry.name === name)) throw new Refusal(409, 'toxic already exists');
      const attributes: Record<string, number> = { ...kind.attributes };
      assign(attributes, int64s(kind), given.attributes, 'attributes.');
      refuse(given.type, kind, attributes);

      const entry: Entry = { ...given, name, attributes, kind };
      const links = [...this.#links[stream]];
      this.#chains[stream].push(entry);
      await Promise.all(links.map((link) => link.add(entry)));
      return entry;
    });
  }

  /** Changes attributes and toxicity to what a request's body says; what it does not name stays. */
  update(name: string, body: string): Promise<Entry> {
    return this.#mutex.run(async () => {
      const entry = this.get(name);
      const given = { toxicity: entry.toxicity, attributes: {} };
      assign(given, { toxicity: 'float32', attributes: 'object' }, decode(body));
      const attributes = { ...entry.attributes };
      // As in the original, a wrong attribute does not undo the right ones beside it.
      try {
        assign(attributes, int64s(entry.kind), given.attributes, 'attributes.');
      } finally {
        refuse(entry.type, entry.kind, attributes);
        Object.assign(entry.attributes, attributes);
      }
      entry.toxicity = given.toxicity;
      await Promise.all([...this.#links[this.#streamOf(entry)]].map((link) => link.update(entry)));
      return entry;
    });
  }

  remove(name: string): Promise<void> {
    return this.#mutex.run(() => this.#remove(this.get(name)));
  }

  clear(): Promise<void> {
    return this.#mutex.run(async () => {
      for (const entry of this.list()) await this.#remove(entry);
    });
  }

  /** Has toxics that come and go do so on this link too, until it is dropped. */
  follow(stream: Stream, link: Link): { drop(): void } {
    this.#links[stream].add(link);
    return { drop: () => this.#links[stream].delete(link) };
  }

  async #remove(entry: Entry): Promise<void> {
    const stream = this.#streamOf(entry);
    this.#chains[stream] = this.#chains[stream].filter((other) => other !== entry);
    await Promise.all([...this.#links[stream]].map((link) => link.remove(entry)));
  }

  #streamOf(entry: Entry): Stream {
    return streamOf(entry.stream)!;
  }
}

function streamOf(text: string): Stream | undefined {
  return STREAMS.find((stream) => stream === text.toLowerCase());
}

/** Attributes with which the original falls over. */
function refuse(type: string, kind: Toxic, attributes: Record<string, number>): void {
  const why = kind.refuses?.(attributes);
  if (why) throw badBody(`${type}: ${why}`);
}

/** A toxic as the API shows it. */
export function showToxic({ attributes, name, type, stream, toxicity }: Entry): string {
  return encode({ attributes, name, type, stream, toxicity: float32(toxicity) });
}
