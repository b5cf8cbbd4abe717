import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Budget } from '../model.js';

/** Of a check that says nothing else. */
export const USUAL: Budget = { connections: 8, atOnce: 4, octets: 256 * 1024, seconds: 20 };

/** What checks of one run share: how many connections were made, how fast, and what was sent. */
export class Traffic {
  connections = 0;
  octets = 0;
  /** Connections that are open, and how many were at most. */
  open = 0;
  mostAtOnce = 0;
  #next = 0;

  /** @param perSecond connections at most; as many as wanted when absent */
  constructor(private readonly perSecond?: number) {}

  /** Waits until another connection may be made. */
  async admit(signal: AbortSignal): Promise<void> {
    this.connections++;
    if (this.perSecond === undefined) return;
    const now = performance.now();
    const at = Math.max(now, this.#next);
    this.#next = at + 1000 / this.perSecond;
    if (at > now) await sleep(at - now, undefined, { signal });
  }

  opened(raw: Socket): void {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.open);
    raw.once('close', () => this.open--);
  }
}

/** Holds a check to its budget. */
export class Meter {
  #connections = 0;
  readonly #open = new Set<Socket>();
  #octets = 0;

  constructor(
    private readonly budget: Budget | undefined,
    private readonly traffic: Traffic,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws where the check has made all the connections that it may */
  readonly admit = (): Promise<void> => {
    if (this.budget && ++this.#connections > this.budget.connections) {
      throw new Error(`it may make ${this.budget.connections} connections and wanted another`);
    }
    return this.traffic.admit(this.signal);
  };

  /** @throws where the check has more connections open than it may */
  readonly opened = (raw: Socket): void => {
    this.traffic.opened(raw);
    this.#open.add(raw.once('close', () => this.#open.delete(raw)));
    // One that was given up tells so a moment later.
    const open = [...this.#open].filter(({ destroyed }) => !destroyed);
    if (open.length > (this.budget?.atOnce ?? Number.POSITIVE_INFINITY)) {
      raw.destroy();
      throw new Error(`it may have ${this.budget!.atOnce} connections open and wanted another`);
    }
  };

  /** @throws where the check has sent all the octets that it may */
  readonly spend = (octets: number): void => {
    this.#octets += octets;
    if (this.budget && this.#octets > this.budget.octets) {
      throw new Error(`it may send ${this.budget.octets} octets and wanted to send more`);
    }
    this.traffic.octets += octets;
  };
}
