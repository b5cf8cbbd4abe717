import { valueOf } from '../../protocol/index.js';
import { accepted } from '../accepted.js';
import type { Body, Exchange } from '../crossing.js';
import type { Both, Difference, Harm } from '../difference.js';
import { compareBodies } from './bodies.js';
import { compareHeads, isSameRequest } from './heads.js';
import { refOf } from './refs.js';
import { type Signal, signalOf } from './signals.js';

export interface Pairing {
  before: Exchange;
  /** Absent where the request did not come out. */
  after?: Exchange;
}

/** The exchanges of one side, each with what came of it on the other. */
export function pairExchanges({ before, after }: Both): Pairing[] {
  const left = [...(after?.exchanges ?? [])];
  return before.exchanges.map((exchange) => {
    let index = left.findIndex((other) => isSameRequest(exchange, other));
    if (index < 0 && before.exchanges.length === 1 && left.length === 1 && exchange.request) {
      const [only] = left;
      // The only request that went in, and the only one that came out: unless it is a tunnel for it.
      if (
        only!.request &&
        (only!.request.head.method !== 'CONNECT' || exchange.request.head.method === 'CONNECT')
      )
        index = 0;
    }
    const [found] = index < 0 ? [] : left.splice(index, 1);
    return { before: exchange, ...(found && { after: found }) };
  });
}

/** What became of requests and answers. */
export function compareExchanges(both: Both, pairings: readonly Pairing[]): Difference[] {
  return pairings.flatMap(({ before, after }) => {
    if (!before.request) return [];
    if (!after) return notPassedOn(both, before);
    const differences = compareHeads(both, before, after);
    differences.push(
      ...compareBodies(both, 'up', before.body, after.body, isRecoded(before.request, after.request)),
    );
    differences.push(
      ...compareBodies(both, 'down', after.answer, before.answer, isRecoded(after.response, before.response)),
    );
    if (before.response && !after.response) differences.push(ofItsOwn(both, before, after));
    if (!before.response && after.response) differences.push(...keptBack(both, before, after));
    return differences;
  });
}

type Head = { head: Parameters<typeof valueOf>[0] };

/** Whether the content was coded anew (gzip for one), and is no longer the same octets for that. */
const isRecoded = (a?: Head, b?: Head) =>
  a !== undefined &&
  b !== undefined &&
  valueOf(a.head, 'Content-Encoding') !== valueOf(b.head, 'Content-Encoding');

/** The request came to the hop, and nothing of it came out. */
function notPassedOn(both: Both, { request, response }: Exchange): Difference[] {
  const common = { way: 'up', at: request!.doneAt, refs: [refOf(both.before, request!)] } as const;
  const tunnel = both.after?.exchanges.find(({ request }) => request?.head.method === 'CONNECT');
  if (response) {
    const { status } = response.head;
    const refs = [...common.refs, refOf(both.before, response)];
    const behind = behindOf(both, tunnel);
    const harm: Harm = behind ? 'none' : status >= 400 || status === 101 ? 'grave' : 'none';
    const text = `answered ${status} itself ${behind ?? '(the request never came out of it)'}`;
    const measured = { answeredBy: 'hop', status };
    return [{ ...common, kind: 'answered-by-hop', harm, text, refs, measured }];
  }
  const ended = signalOf(both.before, 'down');
  const gone = signalOf(both.before, 'up');
  const left = gone && !(ended && ended.at < gone.at) && gone.at - request!.doneAt < both.slowMs;
  if (left) return [];
  if (!ended && both.before.side.until - request!.doneAt < both.slowMs) return [];
  const harm = behindOf(both, tunnel) ? 'none' : 'grave';
  const text = `${ended ? `ended the connection (${wordOf(ended)}) without an answer` : 'gave no answer'}; the request never came out of it`;
  return [{ ...common, kind: 'request-dropped', harm, text }];
}

/** What became of the hop's own connection onwards, where that explains its answer. */
function behindOf({ after }: Both, tunnel?: Exchange): string | undefined {
  if (tunnel?.response && !accepted(tunnel)) {
    return `after its own CONNECT was answered ${tunnel.response.head.status}`;
  }
  const end = signalOf(after, 'down');
  const own = signalOf(after, 'up');
  if (!end || (own && own.at < end.at)) return undefined;
  const refused = after!.side.down.ends[0]?.why;
  return refused
    ? `as what is behind it could not be reached (${refused})`
    : `after ${wordOf(end)} from what is behind it`;
}

/** The hop answered a request that it had passed on and that nobody answered. */
function ofItsOwn(both: Both, { request, response }: Exchange, after: Exchange): Difference {
  const { status } = response!.head;
  const at = response!.at;
  const end = signalOf(both.after, 'down');
  const ms = Math.round(at - after.request!.doneAt);
  // An end that answers the hop's own explains nothing.
  const own = signalOf(both.after, 'up');
  const explained = end && end.at <= at && !(own && own.at < end.at);
  const why = explained
    ? `after ${wordOf(end)} from what is behind it, without an answer`
    : `when what is behind it had not answered for ${ms.toLocaleString('en')} ms`;
  return {
    kind: 'answered-by-hop',
    way: 'down',
    harm: explained || status < 400 ? 'none' : 'grave',
    at,
    text: `answered ${status} itself ${why}`,
    refs: [refOf(both.before, request!), refOf(both.before, response!)],
    measured: { answeredBy: 'hop', status, ...(!explained && { silentMs: ms }) },
  };
}

/** An answer came back to the hop and did not come out. */
function keptBack(both: Both, before: Exchange, after: Exchange): Difference[] {
  const { response, answer } = after;
  const gone = signalOf(both.before, 'up');
  const last = signalOf(both.before, 'down');
  const ended = last && !(gone && gone.at <= last.at) ? last : undefined;
  if (gone && gone.at - response!.doneAt < both.slowMs) return [];
  if (!ended && both.before.side.until - response!.doneAt < both.slowMs) return [];
  const status = response!.head.status;
  // An answer whose content is still coming may be waited for: what holds it back buffers.
  if (!ended && answer && !wasWholeBy(gone, answer, signalOf(both.after, 'down'))) return [];
  const how = ended ? `and ended the connection (${wordOf(ended)})` : '';
  return [
    {
      kind: 'answer-dropped',
      way: 'down',
      harm: 'grave',
      at: response!.doneAt,
      text: `did not pass on the answer ${status} ${how}`.trim(),
      refs: [refOf(both.after!, response!), refOf(both.before, before.request!)],
    },
  ];
}

/** Whether all of the answer was there before the client left. */
function wasWholeBy(gone: Signal | undefined, answer: Body, end: Signal | undefined): boolean {
  if (answer.framing !== 'close' || !gone) return answer.whole;
  return answer.whole && end !== undefined && end.at <= gone.at;
}

export function wordOf({ how, code }: Pick<Signal, 'how' | 'code'>): string {
  if (how === 'close') return code === undefined ? 'a Close' : `a Close ${code}`;
  return how === 'fin' ? 'a FIN' : 'an RST';
}
