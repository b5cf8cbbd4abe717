import type { Measured } from '../../model.js';
import type { Crossing } from '../crossing.js';
import type { Both, Difference } from '../difference.js';
import type { Way } from '../side.js';
import { wordOf } from './exchanges.js';
import { type Signal, signalOf } from './signals.js';

/**
 * Who ended the connection, how the other sides were told, and how long it had been silent.
 * @param sealed whether one side is TLS that was not decrypted and ends at the hop: a Close in it cannot be seen
 */
export function compareEnds(both: Both, sealed: boolean): { differences: Difference[]; measured: Measured } {
  const toClient = signalOf(both.before, 'down');
  const toOrigin = signalOf(both.after, 'up');
  const client = signalOf(both.before, 'up');
  const origin = signalOf(both.after, 'down');
  const measured: Measured = {
    clientSaw: toClient?.how ?? 'nothing',
    ...(both.after && { originSaw: toOrigin?.how ?? 'nothing' }),
  };
  const own = earliest(toClient, toOrigin);
  const others = earliest(client, origin);
  if (own && !(others && others.at <= own.at)) {
    if (!isOpen(both, own.at)) return { differences: [], measured };
    const cut = cutOf(both, own, toClient, toOrigin);
    // Shortly after octets from the sealed side, it may be those that asked for the end.
    if (sealed && own.at - lastOctetBefore(both, own.at) < both.slowMs) return { differences: [], measured };
    return { differences: [cut], measured: { ...measured, ...cut.measured } };
  }
  if (!isUpgraded(both.before)) return { differences: [], measured };
  const differences = [
    ...(client && client === others ? passedOn(both, 'up', client, toOrigin) : []),
    ...(origin && origin === others ? passedOn(both, 'down', origin, toClient) : []),
  ];
  return { differences, measured };
}

function cutOf(both: Both, own: Signal, toClient?: Signal, toOrigin?: Signal): Difference {
  const silence = own.at - lastOctetBefore(both, own.at);
  const ms = Math.round(silence);
  const told = [
    toClient ? `${wordOf(toClient)} to the client` : 'nothing to the client',
    ...(both.after
      ? [toOrigin ? `${wordOf(toOrigin)} to what is behind it` : 'nothing to what is behind it']
      : []),
  ];
  const refs = [toClient, toOrigin].flatMap((signal) => (signal ? [signal.ref] : []));
  return {
    kind: 'cut',
    way: own === toClient ? 'down' : 'up',
    harm: 'grave',
    at: own.at,
    text: `ended the connection first, after ${ms.toLocaleString('en')} ms of silence: ${told.join(', ')}`,
    refs,
    measured: { silentMs: ms },
  };
}

/** How the end of one neighbour was told to the other. */
function passedOn(both: Both, way: Way, went: Signal, came: Signal | undefined): Difference[] {
  if (!both.after || went.how === 'close') return [];
  const by = way === 'up' ? "the client's" : 'from behind it';
  const said = way === 'up' ? `${by} ${bare(went)}` : `${wordOf(went)} ${by}`;
  const common = { way, at: went.at, refs: [went.ref, ...(came ? [came.ref] : [])] };
  if (!came) {
    const watched = Math.min(both.before.side.until, both.after.side.until) - went.at;
    if (watched < both.slowMs) return [];
    return [{ ...common, kind: 'end-dropped', harm: 'grave', text: `did not pass on ${said}` }];
  }
  const differences: Difference[] = [];
  if (came.how !== went.how) {
    const harm = came.how === 'close' ? 'slight' : 'none';
    const text = `made ${wordOf(came)} of ${said}`;
    differences.push({ ...common, kind: 'end-changed', harm, text, in: went.how, out: came.how });
  }
  const ms = came.at - went.at;
  if (ms >= both.slowMs) {
    const text = `passed on ${said} ${Math.round(ms).toLocaleString('en')} ms late`;
    differences.push({
      ...common,
      kind: 'end-delayed',
      harm: 'slight',
      text,
      measured: { endDelayMs: Math.round(ms) },
    });
  }
  return differences;
}

const bare = (signal: Signal) => wordOf(signal).replace(/^an? /, '');

const earliest = (a?: Signal, b?: Signal) => (a && b ? (b.at < a.at ? b : a) : (a ?? b));

/** Whether the connection itself is what is used, rather than one exchange after another. */
const isUpgraded = ({ protocol }: Crossing) => protocol !== 'http' && protocol !== 'nothing';

/** Whether something was still under way: after a whole answer a hop may close as it likes (RFC 9112 §9.6). */
function isOpen({ before, after }: Both, at: number): boolean {
  if (before.protocol !== 'http') {
    // What is sealed on this side may be plain requests, as the other side shows.
    const beyond = after?.protocol === 'http' ? after.exchanges.at(-1) : undefined;
    return !(beyond?.response && beyond.answer?.whole !== false);
  }
  const last = before.exchanges.findLast(({ request }) => request && request.at <= at);
  if (!last) return false;
  const waiting = after?.exchanges.at(-1)?.answer;
  // Who ends an answer by closing tells its end that way; it is whole if what came in is.
  if (last.answer?.framing === 'close') return waiting !== undefined && !waiting.whole;
  if (!last.response) return after?.exchanges.at(-1)?.response === undefined && last.request !== undefined;
  return last.answer !== undefined && !last.answer.whole;
}

function lastOctetBefore({ before, after }: Both, at: number): number {
  let last = before.side.openedAt;
  for (const crossing of [before, after]) {
    for (const way of ['up', 'down'] as const) {
      for (const flow of [crossing?.side[way], crossing?.side.plain?.[way]]) {
        // The Close frame by which it ends is no traffic.
        const piece = flow?.pieces.findLast((piece) => (piece.until ?? piece.at) < at);
        if (piece) last = Math.max(last, piece.until ?? piece.at);
      }
    }
  }
  return last;
}
