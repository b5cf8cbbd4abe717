import { asksForSocket } from '../accepted.js';
import type { Crossing } from '../crossing.js';
import { wordOf } from '../differences/exchanges.js';
import { refOf } from '../differences/refs.js';
import { signalOf } from '../differences/signals.js';
import { lastAsked, leafOf } from './asked.js';
import type { Blame, Path } from './steps.js';

/** What lies behind the last side refused what it was asked for, or did not answer, all by itself. */
export function originRefused({ last, end }: Path, slowMs: number): Blame | undefined {
  if (!last) return undefined;
  const unreached = last.side.down.ends[0];
  if (last.protocol === 'nothing' || unreached?.why) {
    if (!unreached?.why) return undefined;
    const { at, why } = unreached;
    return { hop: end, why: `The ${end} could not be reached (${why}).`, at, refs: [] };
  }
  const asked = lastAsked(last);
  if (!asked) return undefined;
  const { request, response } = asked.exchange;
  const refs = [refOf(asked.at, request!)];
  if (response) {
    const { status } = response.head;
    if (status < 500 && !asksForSocket(asked.exchange)) return undefined;
    const why = `The ${end} answered ${status} to what reached it as the client had sent it.`;
    return { hop: end, why, at: response.at, refs: [...refs, refOf(asked.at, response)] };
  }
  const [ended, left] = [signalOf(last, 'down'), signalOf(last, 'up')];
  if (ended && !(left && left.at <= ended.at)) {
    return {
      hop: end,
      why: `The ${end} ended the connection (${wordOf(ended)}) without an answer.`,
      at: ended.at,
      refs,
    };
  }
  const ms = Math.round(Math.min(left?.at ?? last.side.until, last.side.until) - request!.doneAt);
  if (ms < slowMs) return undefined;
  return {
    hop: end,
    why: `The ${end} gave no answer within ${ms.toLocaleString('en')} ms.`,
    at: request!.doneAt,
    refs,
  };
}

/** What lies behind the last side dropped a WebSocket without a Close frame, before anybody else ended it. */
export function originDropped({ last, end }: Path): Blame | undefined {
  const leaf: Crossing | undefined = last && leafOf(last);
  if (!leaf?.socket) return undefined;
  const [dropped, other] = [signalOf(leaf, 'down'), signalOf(leaf, 'up')];
  if (!dropped || dropped.how === 'close' || (other && other.at <= dropped.at)) return undefined;
  const why = `The ${end} ended the WebSocket with ${wordOf(dropped)} and no Close frame.`;
  return { hop: end, why, at: dropped.at, refs: [dropped.ref] };
}
