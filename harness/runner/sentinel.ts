import { setTimeout as sleep } from 'node:timers/promises';
import { connect, Unreachable } from '../clients/connect.js';
import { goneSince } from './suspects.js';

/** A server that starts anew by itself is given this long. */
const TRIES = 3;
const PAUSE_MS = 300;

/**
 * Watches over a user's own server: what is seen while it is gone tells nothing of what was asked. It is asked for a
 * TCP connection after every check, past all hops.
 */
export class Sentinel {
  readonly #url: string;
  readonly #withinMs: number;
  readonly #signal: AbortSignal;
  /** One and the same check may be under way at several places. */
  readonly #underWay: string[] = [];
  /** Those that were under way when it was found gone. */
  #suspects: readonly string[] | undefined;

  constructor(origin: string, withinMs: number, signal: AbortSignal) {
    const { protocol, hostname, port } = new URL(origin);
    const tls = protocol === 'wss:' || protocol === 'https:';
    this.#url = `ws://${hostname}:${port || (tls ? 443 : 80)}`;
    this.#withinMs = withinMs;
    this.#signal = signal;
  }

  /** Before a check: why it cannot be tried, where the server is gone and has not come back. */
  async before(check: string): Promise<string | undefined> {
    if (this.#suspects && !(await this.#answers())) return goneSince(this.#suspects);
    this.#suspects = undefined;
    this.#underWay.push(check);
    return undefined;
  }

  /**
   * After a check: why what it says does not count, where the server is gone. `alone` says that no other check can have
   * brought it down.
   */
  async after(check: string): Promise<{ why: string; alone: boolean } | undefined> {
    const gone = this.#suspects !== undefined || !(await this.#answersInTheEnd());
    const suspects = gone ? (this.#suspects ?? [...this.#underWay]) : undefined;
    this.#underWay.splice(this.#underWay.indexOf(check), 1);
    if (!suspects) return undefined;
    this.#suspects = suspects;
    return { why: goneSince(this.#suspects), alone: suspects.length === 1 && suspects[0] === check };
  }

  async #answersInTheEnd(): Promise<boolean> {
    for (let tries = 1; ; tries++) {
      if (await this.#answers()) return true;
      if (tries === TRIES) return false;
      await sleep(PAUSE_MS);
    }
  }

  async #answers(): Promise<boolean> {
    try {
      const { raw } = await connect({ url: this.#url }, { withinMs: this.#withinMs, signal: this.#signal });
      raw.destroy();
      return true;
    } catch (fault) {
      if (!(fault instanceof Unreachable)) throw fault;
      // Called off is not gone.
      return this.#signal.aborted;
    }
  }
}
