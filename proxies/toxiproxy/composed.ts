import { type Duration, milliseconds } from '../common/duration.js';
import type { ToxiproxyOptions } from './index.js';
import type { Stream } from './toxics.js';

/** Nothing passes either way, from the start; the connection stays open, and its end passes. */
export function blackHole(): ToxiproxyOptions {
  return {
    title: 'a black hole',
    toxics: [
      { type: 'timeout', stream: 'upstream' },
      { type: 'timeout', stream: 'downstream' },
    ],
  };
}

/** What goes along one stream is swallowed, from the start: downstream, what the server sends. The other passes. */
export function halfOpen(swallowed: Stream = 'downstream'): ToxiproxyOptions {
  return { title: `half open, ${swallowed} swallowed`, toxics: [{ type: 'timeout', stream: swallowed }] };
}

/**
 * Data passes both ways, and then the connection is cut with FIN on both sides. Toxiproxy has no clock of a
 * connection's own that lets data pass meanwhile, so the clock is the path's: every `after`, counted from when
 * the proxy is up, all connections are cut together, whatever passes over them. None lives longer than `after`,
 * many live shorter. For a moment at each cut new connections are refused. Ends with the lever `heal`.
 */
export function cutAfter(after: Duration): ToxiproxyOptions {
  return { title: `all connections cut every ${milliseconds(after)} ms`, cutEvery: milliseconds(after) };
}

/** Passes so many octets of one stream and then cuts the connection with FIN on both sides: each on its own count. */
export function cutAfterBytes(bytes: number, stream: Stream = 'downstream'): ToxiproxyOptions {
  return {
    title: `cut after ${bytes} octets ${stream}`,
    toxics: [{ type: 'limit_data', stream, attributes: { bytes } }],
  };
}

/**
 * Whenever the proxy closes a connection it resets it, also where it only passes on the close of one side. Data
 * passes untouched. With it the lever `reset` is there. (It is a reset_peer that works on no connection: the
 * server prepares the reset when a connection begins.)
 */
export function resets(): ToxiproxyOptions {
  return { title: 'every close becomes a reset', toxics: [{ type: 'reset_peer', toxicity: 0 }] };
}
