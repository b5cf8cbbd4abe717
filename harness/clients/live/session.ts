import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveAttempt, LiveOptions, LiveSession, Route, Transport } from '../../model.js';
import { after } from '../../patience.js';
import type { Recorder } from '../recorder.js';
import { type Carrier, type Carriers, type Downward, NotCarried } from './carrier.js';

const RESEND_MS = 300;
const PAUSE_MS = 200;

/**
 * Keeps a numbered stream going over whatever carries: falls back from transport to transport in the order given,
 * resumes after the last number received, drops what comes twice, sends again what was not acknowledged, and goes back
 * to WebSocket when the path heals.
 */
export class FallbackSession implements LiveSession {
  transport: Transport | undefined;
  readonly attempts: LiveAttempt[] = [];
  readonly received: { n: number; at: number; by: Transport; sentAt?: number }[] = [];
  firstMs: number | undefined;
  sent = 0;
  acknowledged = 0;
  readonly #began = performance.now();
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #work: Promise<unknown>;
  #carrier: Carrier | undefined;
  #last = 0;
  #handed = 0;
  #watchers: (() => void)[] = [];

  constructor(
    private readonly route: Route,
    private readonly options: LiveOptions,
    private readonly carriers: Carriers,
    private readonly record: Recorder,
  ) {
    this.#signal = options.signal ? AbortSignal.any([options.signal, this.#stop.signal]) : this.#stop.signal;
    // Every request under way listens to it.
    setMaxListeners(1000, this.#signal);
    this.#work = Promise.all([this.#carryOn(), this.#resend(), this.#goBack()]);
  }

  send(): void {
    this.sent++;
    this.#flush();
  }

  async until(what: (session: LiveSession) => boolean, withinMs: number): Promise<boolean> {
    let late = false;
    const callOff = after(withinMs, () => {
      late = true;
      this.#wake();
    });
    while (!what(this) && !late && !this.#signal.aborted) {
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
    callOff();
    return what(this);
  }

  /** Tries transport after transport, round after round, for as long as the session lives. */
  async #carryOn(): Promise<void> {
    while (!this.#signal.aborted) {
      for (const transport of this.options.transports) {
        if (this.#signal.aborted) return;
        const carrier = await this.#attempt(transport);
        if (!carrier) continue;
        await this.#carryBy(transport, carrier);
        break;
      }
      await sleep(PAUSE_MS, undefined, { signal: this.#signal }).catch(() => {});
    }
  }

  /** Holds to a carrier, and to the one that it may be exchanged for, until that is lost. */
  async #carryBy(transport: Transport, carrier: Carrier): Promise<void> {
    this.#take(transport, carrier);
    while (this.#carrier && !this.#signal.aborted) {
      const current = this.#carrier;
      const by = this.transport!;
      const why = await current.lost;
      if (this.#carrier !== current) continue;
      this.#note(by, 'lost', why, 0);
      current.close();
      this.#carrier = undefined;
      this.transport = undefined;
    }
  }

  #take(transport: Transport, carrier: Carrier): void {
    const before = this.#carrier;
    this.#carrier = carrier;
    this.transport = transport;
    this.#handed = this.acknowledged;
    before?.close();
    this.record('note', `${transport} carries`);
    this.#flush();
    this.#wake();
  }

  async #attempt(transport: Transport): Promise<Carrier | undefined> {
    const since = performance.now();
    try {
      return await this.carriers[transport]({
        route: this.route,
        path: this.options.path,
        after: () => this.#last,
        acknowledged: () => this.acknowledged,
        deliver: (message) => this.#deliver(message, transport),
        withinMs: this.options.attemptMs,
        signal: this.#signal,
        record: this.record,
      });
    } catch (fault) {
      if (!(fault instanceof NotCarried)) throw fault;
      this.#note(transport, fault.outcome, fault.message, performance.now() - since);
      return undefined;
    }
  }

  #note(transport: Transport, outcome: LiveAttempt['outcome'], why: string, ms: number): void {
    if (this.#signal.aborted) return;
    if (this.attempts.length < 100) this.attempts.push({ transport, outcome, why, ms });
    this.record('note', `${transport}: ${outcome}: ${why}`);
    this.#wake();
  }

  #deliver(message: Downward, by: Transport): void {
    this.firstMs ??= performance.now() - this.#began;
    this.acknowledged = Math.max(this.acknowledged, message.ack);
    if (message.n === this.#last + 1) {
      this.#last = message.n;
      const sent = message.at === undefined ? {} : { sentAt: message.at };
      this.received.push({ n: message.n, at: performance.now(), by, ...sent });
    } else if (message.n > this.#last + 1 && by === this.transport) {
      // Something was lost on the way: taken up again, the stream resumes after the last number that was received.
      this.record('note', `${by}: ${message.n} came after ${this.#last}`);
      this.#carrier?.close();
    }
    this.#wake();
  }

  #flush(): void {
    const carrier = this.#carrier;
    const from = Math.max(this.#handed, this.acknowledged) + 1;
    const numbers = Array.from({ length: Math.max(this.sent - from + 1, 0) }, (_, i) => from + i);
    if (!carrier || numbers.length === 0) return;
    this.#handed = this.sent;
    carrier.send(numbers).catch((fault: Error) => {
      this.record('note', `not sent: ${fault.message}`);
      if (this.#carrier === carrier) this.#handed = this.acknowledged;
    });
  }

  /** What stays unacknowledged is handed out again, from the first that is missing. */
  async #resend(): Promise<void> {
    while (!this.#signal.aborted) {
      const before = this.acknowledged;
      await sleep(RESEND_MS, undefined, { signal: this.#signal }).catch(() => {});
      if (this.acknowledged < this.sent && this.acknowledged === before) {
        this.#handed = this.acknowledged;
        this.#flush();
      }
    }
  }

  async #goBack(): Promise<void> {
    const { returnMs, transports } = this.options;
    if (returnMs === undefined || !transports.includes('websocket')) return;
    while (!this.#signal.aborted) {
      await sleep(returnMs, undefined, { signal: this.#signal }).catch(() => {});
      if (this.#signal.aborted || !this.#carrier || this.transport === 'websocket') continue;
      const carrier = await this.#attempt('websocket');
      if (!carrier) continue;
      if (this.#signal.aborted) carrier.close();
      else this.#take('websocket', carrier);
    }
  }

  #wake(): void {
    for (const wake of this.#watchers.splice(0)) wake();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#wake();
    this.#carrier?.close();
    this.#wake();
    await this.#work;
  }
}
