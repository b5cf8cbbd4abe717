import type { Peer, Probe, Verdict } from '../../harness/model.js';
import { frame, type OpcodeName } from '../../harness/protocol/index.js';
import { skip } from '../../harness/verdict.js';
import { type Meeting, mustEnd } from '../judging/violation.js';
import { wordFor } from '../judging/word.js';

/** The bits of RFC 6455 §5.2 as they stand in a header. */
export const RSV = { RSV1: 4, RSV2: 2, RSV3: 1 } as const;

/** Judges that a frame with that bit set ends the connection, where no extension was offered. */
export async function bitMustEnd(probe: Probe, bit: keyof typeof RSV): Promise<Verdict> {
  const verdict = await mustEnd(probe, bitIn(wordFor(probe), bit, 'text'));
  // Where texts of ours are not welcome, a ping is: the bits mean as little there.
  if (verdict.outcome === 'skip') return mustEnd(probe, bitIn('a word', bit, 'ping'));
  if (verdict.outcome === 'fail') return verdict;
  // Some look at the first frame of a message alone.
  for (const opcode of ['continuation', 'ping'] as const) {
    const { legal: _legal, ...wrong } = bitIn(wordFor(probe), bit, opcode);
    const other = await mustEnd(probe, wrong);
    if (other.outcome === 'fail') return other;
  }
  return verdict;
}

/** The same of a frame of that opcode, where permessage-deflate (RFC 7692), which gives RSV1 a meaning, was agreed on. */
export async function bitMustEndDeflated(
  probe: Probe,
  bit: keyof typeof RSV,
  opcode: OpcodeName,
): Promise<Verdict> {
  const meeting = await deflated(probe);
  if (typeof meeting === 'string') return skip(meeting);
  return mustEnd(probe, { ...bitIn(wordFor(probe), bit, opcode), meeting });
}

function bitIn(payload: string, bit: keyof typeof RSV, opcode: OpcodeName) {
  const begins =
    opcode === 'continuation' ? [frame({ opcode: 'text', payload, fin: false, mask: true })] : [];
  const last = (rsv: number) => frame({ opcode, payload, rsv, mask: true });
  return {
    name: `a ${opcode} frame with ${bit}`,
    send: [...begins, last(RSV[bit])],
    legal: [...begins, last(0)],
    codes: [1002],
  };
}

/**
 * Connections on which permessage-deflate was agreed on. They show by pongs that they work: messages may come back
 * compressed. Why it is not to be had, where it is not.
 */
export async function deflated(probe: Probe): Promise<Meeting | string> {
  const { pongs } = await probe.acquaintance();
  const options = { extensions: 'permessage-deflate', ...(probe.ours && { path: '/deflate' }) };
  const agreed = await probe.once('takes permessage-deflate', async () => {
    await using made = await probe.dial(options);
    const answer = made.answer?.headers.filter(([name]) => /^sec-websocket-extensions$/i.test(name)) ?? [];
    return made.conforms && answer.some(([, value]) => value.includes('permessage-deflate'));
  });
  if (!agreed) return 'the endpoint does not agree to permessage-deflate';
  if (!pongs) return 'the endpoint answers no pings, by which it could be told whether a connection works';
  return {
    async open() {
      const { peer } = await probe.dial(options);
      if (peer && (await pongOn(peer, probe.patience.answerMs))) return peer;
      return probe.meet(options);
    },
    lives: (peer) => pongOn(peer, probe.patience.answerMs),
  };
}

let asked = 0;

async function pongOn(peer: Peer, withinMs: number): Promise<boolean> {
  const payload = Buffer.from(`ping ${++asked}`);
  peer.send(frame({ opcode: 'ping', payload, mask: true }));
  const pong = await peer.until((one) => one.opcode === 10 && payload.equals(one.payload), withinMs);
  return pong !== undefined && peer.open;
}
