import type { Handshake } from '../model.js';

/** The connection could not be had: how, and why in one sentence that a user may be told. */
export class Unreachable extends Error {
  override name = 'Unreachable';
  constructor(
    message: string,
    readonly handshake: Exclude<Handshake, 'accepted'>,
    readonly proxyStatus?: number,
  ) {
    super(message);
  }
}
