import { redact, show, tokensOf, valueOf } from '../../protocol/index.js';
import { accepted, asksForSocket } from '../accepted.js';
import type { Exchange } from '../crossing.js';
import type { Both, Difference, Harm } from '../difference.js';
import type { Way } from '../side.js';
import { compareFields, type FieldChange } from './fields.js';
import { inOf, outOf, refOf } from './refs.js';
import { signalOf } from './signals.js';

/** What an opening handshake cannot do without (RFC 6455 §4.2.1). */
const HANDSHAKE = ['upgrade', 'connection', 'sec-websocket-key', 'sec-websocket-version'];
/** What else can explain a refusal, by its status. */
const EXPLAINS: Readonly<Record<number, readonly string[]>> = {
  400: ['host', 'content-length', 'transfer-encoding'],
  401: ['authorization', 'cookie'],
  403: ['authorization', 'cookie', 'origin', 'host'],
  404: ['host'],
  407: ['proxy-authorization'],
  421: ['host'],
};
const ANSWER = ['upgrade', 'connection', 'sec-websocket-accept'];

/** @param before,after one exchange as it was on each side of the hop */
export function compareHeads(both: Both, before: Exchange, after: Exchange): Difference[] {
  return [...compareRequests(both, before, after), ...compareAnswers(both, before, after)];
}

function compareRequests(both: Both, before: Exchange, after: Exchange): Difference[] {
  const [a, b] = [before.request?.head, after.request?.head];
  if (!a || !b) return [];
  const make = maker(both, 'up', before.request!, after.request!);
  const failed = !accepted(before) && (before.response !== undefined || wasWaitedFor(both, before));
  const upgrading = failed && asksForSocket(before);
  const grave = (is: boolean): Harm => (is ? 'grave' : 'none');
  const differences: Difference[] = [];
  if (a.method !== b.method) {
    const text = `made ${show(b.method, 20)} of the method ${show(a.method, 20)}`;
    differences.push(
      make({
        kind: 'method-changed',
        harm: grave(failed),
        text,
        in: show(a.method, 40),
        out: show(b.method, 40),
      }),
    );
  }
  if (a.target !== b.target) {
    const [from, to] = [show(redact(a.target)), show(redact(b.target))];
    const text = `wrote the target ${formOf(b.target)} instead of ${formOf(a.target)}`;
    const same = pathOf(a.target) === pathOf(b.target);
    const harm = grave(failed && !same);
    const said = same ? text : 'rewrote the target';
    differences.push(make({ kind: 'target-changed', harm, text: said, in: from, out: to }));
  }
  if (a.version !== b.version) {
    const text = `spoke HTTP/${b.version} instead of HTTP/${a.version} to what is behind it`;
    const harm = grave(upgrading && b.version < '1.1' && a.version >= '1.1');
    differences.push(make({ kind: 'version-changed', harm, text, in: a.version, out: b.version }));
  }
  for (const change of compareFields(a, b)) {
    differences.push(
      make({
        ...change,
        name: show(change.name, 60),
        harm: requestHarm(change, before, after, failed),
        text: wordsOf(change),
      }),
    );
  }
  return differences;
}

function requestHarm({ kind, name }: FieldChange, before: Exchange, after: Exchange, failed: boolean): Harm {
  if (kind === 'header-recased' || kind === 'headers-reordered') return 'none';
  const lower = name.toLowerCase();
  if (asksForSocket(before)) {
    if (failed && HANDSHAKE.includes(lower) && !saysTheSame(lower, before, after)) return 'grave';
    if (lower === 'sec-websocket-protocol' && kind !== 'header-added') return failed ? 'grave' : 'slight';
  }
  const status = before.response?.head.status ?? 0;
  return failed && kind !== 'header-added' && EXPLAINS[status]?.includes(lower) ? 'grave' : 'none';
}

/** Whether an answer would have come by now. */
function wasWaitedFor({ before, slowMs }: Both, { request }: Exchange): boolean {
  const ends = [...before.side.up.ends, ...before.side.down.ends].map(({ at }) => at);
  return (
    signalOf(before, 'down') !== undefined || Math.min(before.side.until, ...ends) - request!.doneAt >= slowMs
  );
}

/** Lists may be written otherwise and say the same. */
function saysTheSame(name: string, before: Exchange, after: Exchange): boolean {
  const wanted = name === 'upgrade' ? 'websocket' : name === 'connection' ? 'upgrade' : undefined;
  if (!wanted) return false;
  const has = ({ request }: Exchange) => tokensOf(request!.head, name).includes(wanted);
  return has(before) === has(after);
}

function compareAnswers(both: Both, before: Exchange, after: Exchange): Difference[] {
  const [a, b] = [after.response?.head, before.response?.head];
  if (!a || !b) return [];
  const make = maker(both, 'down', after.response!, before.response!);
  const spoilt = accepted(after) && !accepted(before);
  const differences: Difference[] = [];
  if (a.status !== b.status) {
    const text = `answered ${b.status} where it was answered ${a.status}`;
    const harm =
      a.status >= 400 || b.status >= 400 || a.status === 101 || b.status === 101 ? 'grave' : 'none';
    differences.push(
      make({ kind: 'status-changed', harm, text, in: String(a.status), out: String(b.status) }),
    );
  }
  if (a.version !== b.version) {
    const text = `answered with HTTP/${b.version} where it was answered with HTTP/${a.version}`;
    differences.push(make({ kind: 'version-changed', harm: 'none', text, in: a.version, out: b.version }));
  }
  for (const change of compareFields(a, b)) {
    const harm = answerHarm(both, change, spoilt);
    differences.push(
      make({ ...change, name: show(change.name, 60), harm, text: `${wordsOf(change)} in the answer` }),
    );
  }
  return differences;
}

function answerHarm(both: Both, { kind, name }: FieldChange, spoilt: boolean): Harm {
  if (kind === 'header-recased' || kind === 'headers-reordered') return 'none';
  const lower = name.toLowerCase();
  if (spoilt && (ANSWER.includes(lower) || lower.startsWith('sec-websocket-'))) return 'grave';
  if (lower === 'sec-websocket-protocol') return 'slight';
  if (lower !== 'sec-websocket-extensions') return 'none';
  // Whoever ends an extension must take it out of the frames as well (RFC 6455 §9.1).
  const used = both.before.socket?.down.frames.some(({ rsv }) => rsv !== 0);
  const agreed = both.after?.socket?.down.frames.some(({ rsv }) => rsv !== 0);
  return used ? 'grave' : agreed ? 'none' : 'slight';
}

function wordsOf({ kind, name }: FieldChange): string {
  const shown = `\`${show(name, 60)}\``;
  if (kind === 'header-dropped') return `dropped ${shown}`;
  if (kind === 'header-added') return `added ${shown}`;
  if (kind === 'header-rewritten') return `rewrote ${shown}`;
  return kind === 'header-recased' ? `wrote ${shown} in another case` : 'put the headers in another order';
}

/** RFC 9112 §3.2. */
function formOf(target: string): string {
  if (target.startsWith('/')) return 'as a path';
  if (target === '*') return 'as an asterisk';
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(target) ? 'with scheme and host' : 'as an authority';
}

const pathOf = (target: string) => target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/';

function maker(both: Both, way: Way, went: Parameters<typeof refOf>[1], came: Parameters<typeof refOf>[1]) {
  const refs = [refOf(inOf(both, way)!, went), refOf(outOf(both, way)!, came)];
  return (rest: Omit<Difference, 'way' | 'at' | 'refs'>): Difference => ({
    way,
    at: went.doneAt,
    refs,
    ...rest,
  });
}

/** Whether the request says what the other says, for finding an exchange on the other side. */
export function isSameRequest(a: Exchange, b: Exchange): boolean {
  if (!a.request || !b.request) return false;
  const [one, other] = [a.request.head, b.request.head];
  const token = /[?&]gauntlet=([\w-]+)/;
  const [mine, theirs] = [token.exec(one.target)?.[1], token.exec(other.target)?.[1]];
  if (mine !== undefined && theirs !== undefined) return mine === theirs;
  if (valueOf(one, 'Sec-WebSocket-Key') !== undefined && mine === undefined) {
    if (valueOf(one, 'Sec-WebSocket-Key') === valueOf(other, 'Sec-WebSocket-Key')) return true;
  }
  return one.target === other.target || pathOf(one.target) === pathOf(other.target);
}
