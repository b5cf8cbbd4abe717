import type { Talk } from '../talk.js';

/** A numbered stream of one session, whatever transports carry it: message n is due n periods after the first request. */
export class Stream {
  readonly #began = performance.now();
  readonly #carriers = new Set<() => void>();
  /** Highest number received from the client without a gap. */
  up = 0;
  /** Numbers that came again, and numbers that came before those they follow. */
  duplicates = 0;
  gaps = 0;
  /** Attempts seen, by transport; carried messages by WebSocket before it was cut. */
  readonly attempts: Record<string, number> = {};
  readonly lastEventIds: string[] = [];
  cut = false;

  constructor(
    readonly everyMs: number,
    readonly count: number,
  ) {}

  /** The highest number that is due by now. */
  get due(): number {
    return Math.min(Math.floor((performance.now() - this.#began) / this.everyMs), this.count);
  }

  attempt(transport: string): number {
    this.attempts[transport] = (this.attempts[transport] ?? 0) + 1;
    return this.attempts[transport];
  }

  take(numbers: readonly number[]): void {
    for (const n of numbers) {
      if (n === this.up + 1) this.up = n;
      else if (n <= this.up) this.duplicates++;
      else this.gaps++;
    }
    for (const tell of this.#carriers) tell();
  }

  onAck(tell: () => void): () => void {
    this.#carriers.add(tell);
    return () => this.#carriers.delete(tell);
  }
}

/** The session's stream, begun with its first request. */
export function streamOf(talk: Talk): Stream {
  const key = `live:${talk.url.searchParams.get('session') ?? ''}`;
  const known = talk.memory.get(key) as Stream | undefined;
  const stream = known ?? new Stream(Math.max(talk.number('every', 50), 1), talk.number('count', 1_000_000));
  talk.memory.set(key, stream);
  return stream;
}

/** `close-after-3` is `{ name: 'close-after', k: 3 }`. */
export function faultOf(talk: Talk, transport: string): { name: string; k: number } {
  const [, name = '', k = '0'] = /^(.*?)(?:-(\d+))?$/.exec(talk.url.searchParams.get(transport) ?? '') ?? [];
  return { name, k: Number(k) };
}

/** Numbers out of `{"up":4}` lines; what is not that is passed over. */
export function numbersIn(text: string): number[] {
  return text.split('\n').flatMap((line) => {
    try {
      const { up } = JSON.parse(line) as { up?: unknown };
      return typeof up === 'number' ? [up] : [];
    } catch {
      return [];
    }
  });
}
