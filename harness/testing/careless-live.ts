import { live } from '../clients/live/index.js';
import { wsClient } from '../clients/ws.js';
import type { Client, LiveOptions, LiveSession, Transport } from '../model.js';

/** What a careless client does with a stream: how it is set up, and what the application gets to see of it. */
export interface Carelessness {
  options?: Partial<LiveOptions>;
  received?: (received: LiveSession['received']) => LiveSession['received'];
  silent?: boolean;
  /** What it says carries, whatever does. */
  claims?: Transport;
  /** Holds what it sends for sent. */
  deafUpwards?: boolean;
}

/** The sound client with something wrong about it. */
export const carelessLive = (wrong: Carelessness): Client => ({
  ...wsClient(),
  name: 'careless',
  live: async (route, options) => new Careless(await live(route, { ...options, ...wrong.options }), wrong),
});

class Careless implements LiveSession {
  constructor(
    private readonly sound: LiveSession,
    private readonly wrong: Carelessness,
  ) {}

  get transport() {
    return this.wrong.claims ?? this.sound.transport;
  }
  get attempts() {
    return this.wrong.silent ? [] : this.sound.attempts;
  }
  get received() {
    return this.wrong.received?.(this.sound.received) ?? this.sound.received;
  }
  get firstMs() {
    return this.sound.firstMs;
  }
  get sent() {
    return this.sound.sent;
  }
  get acknowledged() {
    return this.wrong.deafUpwards ? this.sound.sent : this.sound.acknowledged;
  }
  send(): void {
    if (!this.wrong.deafUpwards) this.sound.send();
  }
  until(what: (session: LiveSession) => boolean, withinMs: number): Promise<boolean> {
    return this.sound.until(() => what(this), withinMs);
  }
  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.sound[Symbol.asyncDispose]());
  }
}
