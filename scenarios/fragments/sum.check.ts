import type { Check, Peer, Probe, Verdict } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { endTold } from '../judging/end.js';
import { LIMIT_BUDGET, limitAmong, type MessageLimit, messageLimit } from '../judging/message-limit.js';

const MIB = 1024 * 1024;
/** What is sent at most, in one message. */
const MOST = 20 * MIB;
/** A longer limit is tried by what headers declare. */
const MOST_SENT = 18 * MIB;
const PIECE = 64 * 1024;
/** Octets that are waited for everywhere. */
const SMALLEST = 100;
const ROUNDS = 3;
const BETWEEN = 7;
/** Codes that speak of what is too much. */
const CODES = [1008, 1009];

export default {
  title: 'Fragments are not taken beyond the limit of a message',
  requirement:
    'Implementations that have limitations regarding the frame size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-770',
  refs: ['RFC 6455 §10.4', 'RFC 6455 §5.4'],
  judges: 'endpoint',
  reach: 'intrusive',
  why: 'Where the limit is one of frames alone, a message in fragments grows until memory is used up: one connection is enough.',
  remedy:
    'Add the lengths of fragments up as their headers come, and close with 1009 when the sum is past the limit.',
  fixes: { ws: 'new WebSocketServer({ maxPayload: 1024 * 1024 }) // counts fragments as well' },
  budget: {
    connections: LIMIT_BUDGET.connections * (ROUNDS + 1) + 2,
    atOnce: LIMIT_BUDGET.atOnce + 2,
    octets: MOST + MIB,
    seconds: 60,
  },
  async run(probe) {
    const limit = await messageLimit(probe);
    if (limit.unclear !== undefined) return skip(limit.unclear);
    const { taken, refused } = await narrowed(probe, limit);
    if (refused === undefined) return skip('frames of 1 GiB are waited for: there is no limit to get past');
    const [bystander, peer] = await Promise.all([probe.meet(), probe.meet()]);
    const sent =
      refused <= MOST_SENT
        ? await sendPast(probe, peer, taken)
        : await declarePast(probe, peer, taken, refused);
    const end = await peer.farewell(sent > refused ? probe.patience.answerMs : 0);
    // Gives back what the endpoint holds of it.
    peer.reset();
    if (!(await probe.lives(bystander))) return skip('connections end here by themselves');
    return judge(probe, refused, sent, end && { told: endTold(end), code: end.code });
  },
} satisfies Check;

/** The limit to within a piece, or as near as a few rounds bring it. */
async function narrowed(
  probe: Probe,
  { taken, refused }: MessageLimit,
): Promise<{ taken: number; refused?: number }> {
  let [low, high] = [taken, refused?.octets];
  for (let round = 0; round < ROUNDS && high !== undefined && high - low > PIECE; round++) {
    const step = Math.ceil((high - low) / (BETWEEN + 1));
    const from = low;
    const lengths = Array.from({ length: BETWEEN }, (_, i) => from + step * (i + 1)).filter(
      (one) => one < high!,
    );
    const found = await limitAmong(probe, lengths);
    if (found.unclear !== undefined) break;
    low = Math.max(low, found.taken);
    high = found.refused?.octets ?? high;
  }
  return { taken: low, ...(high !== undefined && { refused: high }) };
}

/** Sends fragments, each within the limit, until the end or for as long as it may; gives the octets of their payloads. */
async function sendPast(probe: Probe, peer: Peer, taken: number): Promise<number> {
  const piece = Buffer.alloc(Math.max(SMALLEST, Math.min(taken, PIECE)), 'a');
  const fragment = (opcode: 'text' | 'continuation') =>
    frame({ opcode, fin: false, payload: piece, mask: true });
  peer.send(fragment('text'));
  let sent = piece.length;
  const deadline = performance.now() + 10 * probe.patience.answerMs;
  // A header takes 14 octets at most, which count as well.
  for (; peer.open && sent + piece.length + 14 * (sent / piece.length) < MOST; sent += piece.length) {
    peer.send(fragment('continuation'));
    while (peer.unsent > MIB && peer.open && performance.now() < deadline) await probe.wait(5);
    if (sent % MIB < piece.length) await probe.wait(1);
    if (performance.now() > deadline) break;
  }
  return sent;
}

/** Sends as many octets as are needed, and then the header of a fragment that is within the limit by itself. */
async function declarePast(probe: Probe, peer: Peer, taken: number, refused: number): Promise<number> {
  const first = refused - taken;
  if (first > MIB) return 0;
  peer.send(frame({ opcode: 'text', fin: false, payload: Buffer.alloc(first, 'a'), mask: true }));
  await probe.wait(1);
  if (peer.open) peer.send(frame({ opcode: 'continuation', fin: false, declared: taken, mask: true }));
  return refused + 1;
}

function judge(
  probe: Probe,
  refused: number,
  sent: number,
  end: { told: string; code: number | undefined } | undefined,
): Verdict {
  const measured = { frameLimit: refused };
  const expected = `the connection ends, with 1009, when fragments add up to more than is taken`;
  if (end?.code !== undefined && !CODES.includes(end.code))
    return warn(`fragments that add up to ${sent} octets were ended by ${end.told}`, {
      expected,
      actual: end.told,
      measured,
    });
  if (end) return pass(`ended by ${end.told}; one frame may not have ${refused} octets`, { measured });
  if (refused > MOST_SENT)
    return skip(
      `limits from ${MOST_SENT} octets are tried by declared lengths, and these are not added up before the octets come`,
    );
  if (sent + PIECE + MIB < MOST) return skip(`the endpoint stopped reading after ${sent} octets`);
  const actual = `${sent} octets in fragments were taken, though one frame may not have ${refused}`;
  return fail(expected, actual, { measured, blame: probe.suspect() });
}
