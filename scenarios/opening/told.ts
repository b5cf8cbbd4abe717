import type { Dial, Probe, Sighting } from '../../harness/model.js';
import {
  type Field,
  faultsOf,
  membersOf,
  parseRequest,
  parseResponse,
  type RequestHead,
  show,
  tokensOf,
  valueOf,
} from '../../harness/protocol/index.js';

/** What came of an attempt, in a few words, with the name that the answer is signed with. */
export function told({ handshake, answer, failure, conforms }: Dial): string {
  if (!answer) return failure === undefined ? handshake : `${handshake}: ${failure}`;
  const signed = signature(answer.headers);
  const by = signed === undefined ? '' : ` (signed ${show(signed, 40)})`;
  const status = `${answer.status} ${show(answer.reason, 40)}`.trimEnd();
  if (handshake === 'accepted') return conforms ? '101' : 'a 101 that is not valid';
  return `refused with ${status}${by}`;
}

/** The product that an answer names: Server, or the comment of Via, or its last pseudonym. */
function signature(fields: readonly Field[]): string | undefined {
  const server = valueOf({ fields }, 'Server');
  const via = membersOf({ fields }, 'Via').at(-1)?.slice(0, 200);
  return server ?? (via && (/\(([^()]+)\)/.exec(via)?.[1] ?? via.split(' ')[1]));
}

/** The origin's view of an attempt; undefined where it saw none, or is not ours. */
export async function viewOf(probe: Probe, { token }: Dial): Promise<Sighting | undefined> {
  return probe.ours ? probe.sighting(token, probe.patience.answerMs) : undefined;
}

/** Who gave the answer: the origin where the request came to it and it gave the same status, else the hops. */
export async function answerer(probe: Probe, made: Dial): Promise<string> {
  const gave = (await viewOf(probe, made))?.answer;
  if (gave === undefined || !made.answer) return probe.suspect();
  const { status } = parseResponse(Buffer.from(gave, 'latin1'));
  return status === made.answer.status ? 'origin' : probe.suspect();
}

/** Whose fault a 101 is that is not valid: the origin's where what it gave does not fit what it was asked, else the hops'. */
export async function spoiler(probe: Probe, made: Dial): Promise<string> {
  const seen = await viewOf(probe, made);
  if (!seen?.head || seen.answer === undefined) return probe.suspect();
  return faultsOf(parseResponse(Buffer.from(seen.answer, 'latin1')), askedIn(seen.head)).length > 0
    ? 'origin'
    : probe.suspect();
}

/** Why it was refused and by whom, where the origin can tell: one that was not asked rightly is not to blame for refusing. */
export async function refusal(probe: Probe, made: Dial): Promise<{ why: string; blame: string }> {
  const seen = await viewOf(probe, made);
  if (probe.ours && !seen?.head) return { why: '; the origin never saw the request', blame: probe.suspect() };
  const lost = seen?.head === undefined ? undefined : lostIn(made.sent, seen.head);
  if (lost) return { why: `; the request came to the origin ${lost}`, blame: probe.suspect() };
  if (made.handshake === 'accepted') return { why: '', blame: await spoiler(probe, made) };
  return { why: '', blame: await answerer(probe, made) };
}

/** The target of a request without the scheme and authority that proxies are told (RFC 9112 §3.2.2). */
export const targetOf = ({ target }: RequestHead) => target.replace(/^\w+:\/\/[^/]*/, '');
const pathOf = (head: RequestHead) => targetOf(head).replace(/\?.*$/s, '');

/** What a handshake lost on its way without which no server may accept it. */
function lostIn(sent: string, came: string): string | undefined {
  const [from, to] = [sent, came].map((head) => parseRequest(Buffer.from(head, 'latin1')));
  if (!tokensOf(to!, 'Upgrade').includes('websocket')) return 'without Upgrade';
  if (!tokensOf(to!, 'Connection').includes('upgrade')) return 'without Connection: Upgrade';
  if (to!.version !== from!.version) return `as HTTP/${to!.version}`;
  if (pathOf(to!) !== pathOf(from!)) return `for another path: ${show(pathOf(to!), 40)}`;
  // A hop that makes a handshake of its own has a key of its own.
  if (Buffer.from(valueOf(to!, 'Sec-WebSocket-Key') ?? '', 'base64').length !== 16)
    return 'without a right key';
  return valueOf(to!, 'Sec-WebSocket-Version') === '13'
    ? undefined
    : 'with another Sec-WebSocket-Version, or none';
}

/** What is wrong with the 101, a sentence each; empty for a right one and for other answers. */
export function faultsIn({ sent, answer }: Dial): string[] {
  if (answer?.status !== 101) return [];
  return faultsOf(parseResponse(Buffer.from(answer.raw, 'latin1')), askedIn(sent));
}

/** What a handshake asks for that its answer has to fit. */
function askedIn(sent: string) {
  const asked = parseRequest(Buffer.from(sent, 'latin1'));
  return {
    key: valueOf(asked, 'Sec-WebSocket-Key') ?? '',
    subprotocols: membersOf(asked, 'Sec-WebSocket-Protocol'),
    extensions: valueOf(asked, 'Sec-WebSocket-Extensions') ?? '',
  };
}
