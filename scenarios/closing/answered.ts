import type { End, Peer, Probe, Verdict } from '../../harness/model.js';
import { closePayload, frame } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { endTold } from '../judging/end.js';

/** A Close frame, and the codes of right answers to it. */
export interface Closing {
  /** `a Close with 1006` */
  name: string;
  send: Uint8Array;
  codes: readonly number[];
}

/** How a server took a Close: what it closed with, also where that is a code which may not appear. */
export interface Answer {
  end: End;
  code?: number;
}

/** What a server may say that has found something wrong. */
const OBJECTIONS = [1002, 1003, 1007, 1008, 1009, 1011];

export const closing = (code?: number, reason = ''): Uint8Array =>
  frame({ opcode: 'close', payload: closePayload(code, reason), mask: true });

/** Sends a Close, and waits for what becomes of the connection. */
export async function answerTo(probe: Probe, peer: Peer, send: Uint8Array): Promise<Answer | undefined> {
  peer.send(send);
  const frame = await peer.until(({ opcode }) => opcode === 8, probe.patience.answerMs);
  const end = await peer.farewell(0);
  if (!end) return undefined;
  const payload = Buffer.from(frame?.payload ?? []);
  return { end, ...(payload.length > 1 && { code: payload.readUInt16BE() }) };
}

/** Judges that a Close which is wrong is objected to, and not answered as if it were right. */
export const answersClose = (probe: Probe, close: Closing): Promise<Verdict> => answersEach(probe, [close]);

/** The same of several, each on a connection of its own. */
export async function answersEach(probe: Probe, closes: readonly Closing[]): Promise<Verdict> {
  const [bystander, control, ...peers] = await Promise.all([
    probe.meet(),
    probe.meet(),
    ...closes.map(() => probe.meet()),
  ]);
  const right = await answerTo(probe, control!, closing(1000));
  if (!right) return skip('a right Close is not answered here, so a wrong one can tell nothing');
  const answers = await Promise.all(closes.map(({ send }, i) => answerTo(probe, peers[i]!, send)));
  const verdicts = closes.map((close, i) => judge(probe, close, answers[i], right));
  const failed = verdicts.find(({ outcome }) => outcome === 'fail');
  if (failed) return failed;
  if (!(await probe.lives(bystander!))) return skip('connections end here by themselves');
  const ways = [...new Set(verdicts.map(({ message }) => message))];
  const worst =
    verdicts.find(({ outcome }) => outcome === 'warn') ??
    verdicts.find(({ outcome }) => outcome === 'skip') ??
    verdicts[0]!;
  if (worst.outcome !== 'pass' || closes.length === 1) return worst;
  return { ...worst, message: `each of ${closes.length}: ${ways.join(', or ')}` };
}

function judge(probe: Probe, { name, codes }: Closing, answer: Answer | undefined, right: Answer): Verdict {
  const expected = `the connection ends, with ${codes.join(' or ')} or without a Close frame`;
  if (!answer) return fail(expected, `after ${name} the connection stayed open`, { blame: probe.suspect() });
  const { end, code } = answer;
  if (end.how !== 'close') {
    if (right.end.how !== 'close')
      return skip('a right Close is answered by the end of the connection alone');
    return pass(`dropped (${endTold(end)}) without a Close frame`);
  }
  const measured = { code: code ?? 0 };
  if (code !== undefined && codes.includes(code)) return pass(`closed with ${code}`, { measured });
  const actual = code === undefined ? 'a Close without a code' : `close ${code}`;
  if (code !== undefined && OBJECTIONS.includes(code))
    return warn(`${name} was answered by ${actual}`, { expected, actual, measured });
  return warn(`${name} was answered as if it were right, by ${actual}`, { expected, actual, measured });
}

/** Of checks that send so many. */
export const budgetFor = (closes: number) => ({ connections: closes + 2, atOnce: closes + 2 });
