import type { Dial, Probe, Sighting } from '../../harness/model.js';
import {
  type Field,
  faultsOf,
  membersOf,
  parseRequest,
  parseResponse,
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

/**
 * Who gave the answer: the origin where the request came to it and it gave the same status (and the same values of
 * `fields`), else the hops.
 */
export async function answerer(probe: Probe, made: Dial, fields: readonly string[] = []): Promise<string> {
  const gave = (await viewOf(probe, made))?.answer;
  if (gave === undefined || !made.answer) return probe.suspect();
  const head = parseResponse(Buffer.from(gave, 'latin1'));
  const came = { fields: made.answer.headers };
  const same =
    head.status === made.answer.status && fields.every((name) => valueOf(head, name) === valueOf(came, name));
  return same ? 'origin' : probe.suspect();
}

/** Why it was refused and by whom, where the origin can tell: one that never saw Upgrade is not to blame for refusing. */
export async function refusal(probe: Probe, made: Dial): Promise<{ why: string; blame: string }> {
  const seen = await viewOf(probe, made);
  if (probe.ours && !seen?.head) return { why: '; the origin never saw the request', blame: probe.suspect() };
  const head = seen?.head === undefined ? undefined : parseRequest(Buffer.from(seen.head, 'latin1'));
  if (head && !tokensOf(head, 'Upgrade').includes('websocket')) {
    return { why: '; the request came to the origin without Upgrade', blame: probe.suspect() };
  }
  return { why: '', blame: await answerer(probe, made) };
}

/** What is wrong with the 101, a sentence each; empty for a right one and for other answers. */
export function faultsIn({ sent, answer }: Dial): string[] {
  if (answer?.status !== 101) return [];
  const asked = parseRequest(Buffer.from(sent, 'latin1'));
  return faultsOf(parseResponse(Buffer.from(answer.raw, 'latin1')), {
    key: valueOf(asked, 'Sec-WebSocket-Key') ?? '',
    subprotocols: (valueOf(asked, 'Sec-WebSocket-Protocol') ?? '').split(', '),
    extensions: valueOf(asked, 'Sec-WebSocket-Extensions') ?? '',
  });
}
