import { randomBytes } from 'node:crypto';
import type { ConnectChoice, Peer, Route } from '../model.js';
import { connect } from './connect.js';
import type { Context } from './context.js';
import { RawPeer } from './peer.js';
import { recorderOf, unrecorded } from './recorder.js';

const WITHIN_MS = 3000;

/** A connection on which nothing has been sent. Throws Unreachable where it cannot be had. */
export async function link(route: Route, choice: ConnectChoice, context: Context): Promise<Peer> {
  await context.admit?.();
  const token = randomBytes(6).toString('hex');
  const record = recorderOf(token, context.record ?? unrecorded);
  const { tls, tcpKeepAliveMs, answerMs = WITHIN_MS } = choice;
  const made = await connect(route, {
    withinMs: answerMs,
    record,
    ...(context.signal && { signal: context.signal }),
    ...(tls && { tls }),
    ...(tcpKeepAliveMs && { tcpKeepAliveMs }),
  });
  context.opened?.(made.raw);
  const rest = new Uint8Array(0);
  return new RawPeer(token, made, record, { frames: false, pong: false, rest, spend: context.spend });
}
