import type { Attempt } from '../account.js';
import type { Recorder } from '../clients/recorder.js';
import type { Evidence, Sightings } from '../model.js';

const MOST_EVIDENCE = 600;
/** Connections of one check whose octets are kept. */
const MOST_TRANSCRIPTS = 64;
const MOST_SHOWN = 4096;
/** Of one check's evidence. */
const MOST_OCTETS = 256 * 1024;

/** What one check did and saw, and over which connections; bounded. */
export class Notebook {
  readonly #evidence: Evidence[] = [];
  #octets = 0;
  readonly #attempts = new Map<string, Attempt>();

  readonly record: Recorder = (kind, text, bytes, { transcript, ...marked } = {}) => {
    if (transcript && marked.of !== undefined)
      this.attempt({ token: marked.of, from: transcript.openedAt, transcript });
    if (this.#evidence.length >= MOST_EVIDENCE) return;
    const kept = bytes?.subarray(0, Math.min(MOST_SHOWN, MOST_OCTETS - this.#octets));
    this.#octets += kept?.length ?? 0;
    const shown = kept && Buffer.from(kept).toString('base64');
    this.#evidence.push({
      at: performance.now(),
      by: 'client',
      kind,
      text,
      ...(shown && { bytes: shown }),
      ...marked,
    });
  };

  attempt(attempt: Attempt): void {
    const known = this.#attempts.get(attempt.token);
    if (known) {
      if (known.transcript && attempt.transcript) known.ambiguous = true;
      return;
    }
    this.#attempts.set(attempt.token, attempt);
    // Some checks connect again and again; what their verdict rests on came last.
    const old = [...this.#attempts.values()].at(-1 - MOST_TRANSCRIPTS);
    if (old) this.#attempts.set(old.token, { token: old.token, from: old.from });
  }

  get attempts(): Attempt[] {
    return [...this.#attempts.values()];
  }

  /** With what the origin saw of the same connections. */
  seen(sightings?: Sightings): Evidence[] {
    const all = sightings?.all() ?? [];
    const own = [...this.#attempts.keys()].flatMap((token) => all.find((one) => one.token === token) ?? []);
    return [...this.#evidence, ...own.flatMap(({ evidence }) => evidence)];
  }
}

/** The earliest first, up to the bound. */
export const inOrder = (entries: readonly Evidence[]): Evidence[] =>
  [...entries].sort((a, b) => a.at - b.at).slice(0, MOST_EVIDENCE);
