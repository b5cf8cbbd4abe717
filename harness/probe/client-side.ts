import { CannotTry } from '../cannot-try.js';
import { catchClient, habitsOf, type Trapper } from '../lures/index.js';
import type { Caught, Habits, Lure, Probe } from '../model.js';
import type { Notebook } from './notebook.js';

/** How long a program may take to its first request; a browser on a busy machine is slow. */
const START_MS = 20_000;

/** Of the probe whose side it is: what it puts up is that probe's. */
type Ours = Pick<Probe, 'client' | 'authority' | 'patience' | 'signal' | 'own' | 'once'>;

/** The client under test as hostile servers see it, and the baseline of it. */
export class ClientSide {
  readonly #trapper: Trapper;

  constructor(
    private readonly probe: Ours,
    notebook: Notebook,
  ) {
    const { client, authority, signal, patience } = probe;
    const note: Trapper['note'] = (kind, text, bytes, marked) =>
      notebook.record(kind, text, bytes, { ...marked, by: 'origin' });
    const startMs = client.startMs ?? START_MS;
    this.#trapper = { client, authority, signal, note, answerMs: patience.answerMs, startMs };
  }

  async lure(lure: Lure): Promise<Caught> {
    const tls = lure.certificate !== undefined || (await this.#takesTlsAlone());
    const habits = await this.habits(tls);
    const shown: Lure = tls ? { certificate: 'good', ...lure } : lure;
    // A program that is started again is about as quick as it was.
    const startMs = Math.min(this.#trapper.startMs, 4 * habits.startMs + 3000);
    return this.probe.own(await catchClient(shown, { ...this.#trapper, startMs }, async () => habits));
  }

  async habits(tls?: boolean): Promise<Habits> {
    if (tls === undefined) return this.habits(await this.#takesTlsAlone());
    return this.probe.once(`habits ${tls ? 'wss' : 'ws'}`, () => habitsOf(tls, this.#trapper));
  }

  /** A client that takes no server in clear is met with TLS. */
  async #takesTlsAlone(): Promise<boolean> {
    const works = (tls: boolean) =>
      this.habits(tls).then(
        () => true,
        (fault: unknown) => {
          if (fault instanceof CannotTry) return false;
          throw fault;
        },
      );
    return !(await works(false)) && works(true);
  }
}
