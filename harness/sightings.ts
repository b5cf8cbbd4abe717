import type { Sighting, Sightings } from './model.js';
import { after } from './patience.js';

const MOST_KEPT = 20_000;

/** What the origins of a lab saw, found by the token that the client put in its request target. */
export class Book implements Sightings {
  readonly #all: Sighting[] = [];
  readonly #waiting = new Map<string, ((sighting: Sighting) => void)[]>();

  add(sighting: Sighting): void {
    if (this.#all.length >= MOST_KEPT) this.#all.shift();
    this.#all.push(sighting);
    if (sighting.token === undefined) return;
    for (const tell of this.#waiting.get(sighting.token) ?? []) tell(sighting);
    this.#waiting.delete(sighting.token);
  }

  all(): readonly Sighting[] {
    return this.#all;
  }

  async of(token: string, withinMs: number): Promise<Sighting | undefined> {
    const seen = this.#all.find((sighting) => sighting.token === token);
    if (seen) return seen;
    return new Promise((resolve) => {
      const callOff = after(withinMs, () => resolve(undefined));
      const tell = (sighting: Sighting) => {
        callOff();
        resolve(sighting);
      };
      this.#waiting.set(token, [...(this.#waiting.get(token) ?? []), tell]);
    });
  }
}
