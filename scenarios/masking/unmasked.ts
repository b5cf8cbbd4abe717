import { randomBytes } from 'node:crypto';
import type { End, Probe, Sighting, Verdict, WireFrame } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { mustEnd } from '../judging/violation.js';
import { wordFor } from '../judging/word.js';
import { codeSaid } from '../limits/said.js';

/** One kind of frame to send unmasked. */
export interface Kind {
  /** `text frame` */
  name: string;
  /** What to send, the frame in question last, masked or not; `mark` has to be in its payload. */
  frames(mark: Buffer, masked: boolean): readonly Uint8Array[];
  /** Whether an answer shows that the frame was heeded as if nothing were wrong with it. */
  heeded(answer: WireFrame, mark: Buffer): boolean;
}

type Arrived = 'unmasked' | 'masked' | 'never' | undefined;

/**
 * Sends the frame unmasked, where the same frame masked is answered, and tells what came of it: rejected, and by
 * whom; passed; or swallowed, the connection staying open.
 */
export async function sendUnmasked(probe: Probe, kind: Kind): Promise<Verdict> {
  const { answerMs } = probe.patience;
  const attempt = async (masked: boolean) => {
    const peer = await probe.meet();
    const mark = Buffer.from(randomBytes(8).toString('hex'));
    for (const octets of kind.frames(mark, masked)) peer.send(octets);
    const answer = await peer.until((received) => kind.heeded(received, mark), answerMs);
    return { peer, mark, answer, end: await peer.farewell(0) };
  };
  // Messages are answered where they are echoed; control frames are everywhere.
  const echoed = kind.name === 'ping' || kind.name === 'Close' || (await echoes(probe));
  if (!echoed) return unanswered(probe, kind);
  const control = await attempt(true);
  if (!control.answer) {
    if (!probe.ours) return unanswered(probe, kind);
    return skip(`a masked ${kind.name} is not answered here, so an unmasked one can tell nothing`);
  }
  // After a Close the control is over by right, and another has to show that connections do not end by themselves.
  const bystander = control.answer.opcode === 8 ? await probe.meet() : control.peer;
  const { peer, mark, answer, end } = await attempt(false);
  const seen = probe.ours ? await probe.sighting(peer.token) : undefined;
  const arrived = seen && arrival(seen, mark);
  const said = codeSaid(seen);
  if (answer) return heeded(probe, kind, arrived, said);
  if (!end) return stayedOpen(probe, kind, arrived);
  if (!bystander.open)
    return skip('connections end here by themselves, so that one ends tells nothing of its frames');
  return rejected(probe, end, arrived, said);
}

const echoes = async (probe: Probe): Promise<boolean> =>
  probe.ours || (await probe.acquaintance()).again === 'echo';

/** At an endpoint that does not answer the frame, whether the connection goes on is all there is to see. */
async function unanswered(probe: Probe, { name, frames }: Kind): Promise<Verdict> {
  const mark = Buffer.from(wordFor(probe));
  const violation = { name: `an unmasked ${name}`, send: frames(mark, false), legal: frames(mark, true) };
  const verdict = await mustEnd(probe, { ...violation, codes: [1002, 1003] });
  const unmasked = { pass: 'rejected', warn: 'rejected', fail: 'passed' }[verdict.outcome as string];
  return { ...verdict, ...(unmasked && { measured: { ...verdict.measured, unmasked } }) };
}

function arrival({ frames }: Sighting, mark: Buffer): Arrived {
  const frame = frames.find(({ payload }) => Buffer.from(payload).includes(mark));
  if (!frame) return 'never';
  return frame.mask ? 'masked' : 'unmasked';
}

const EXPECTED = 'the connection ends, with 1002 or without a Close frame';

/** What a server may say that found something wrong; any other code takes a Close for a good one. */
export const OBJECTIONS = [1002, 1003, 1007, 1008, 1011];

function heeded(probe: Probe, { name }: Kind, arrived: Arrived, said: number | undefined): Verdict {
  if (arrived === 'unmasked' && said !== undefined && OBJECTIONS.includes(said)) {
    const actual = `the origin closed with ${said} over an unmasked ${name}, and a hop made something else of it`;
    return fail(EXPECTED, actual, { measured: { unmasked: 'rejected' }, blame: probe.suspect() });
  }
  const who = {
    unmasked: { actual: `the origin heeded an unmasked ${name}`, blame: 'origin' },
    masked: { actual: `a hop masked the unmasked ${name} and passed it on`, blame: probe.suspect() },
    never: { actual: `a hop heeded an unmasked ${name}`, blame: probe.suspect() },
  }[arrived ?? 'unmasked'];
  return fail(EXPECTED, who.actual, {
    measured: { unmasked: 'passed' },
    blame: arrived ? who.blame : probe.suspect(),
  });
}

function stayedOpen(probe: Probe, { name }: Kind, arrived: Arrived): Verdict {
  if (arrived === 'unmasked' || arrived === 'masked') {
    return fail(EXPECTED, `the ${name} came to the origin ${arrived}, and the connection stayed open`, {
      measured: { unmasked: 'passed' },
      blame: arrived === 'masked' ? probe.suspect() : 'origin',
    });
  }
  return fail(EXPECTED, `an unmasked ${name} was swallowed, and the connection stayed open`, {
    measured: { unmasked: 'swallowed' },
    blame: probe.suspect(),
  });
}

function rejected(probe: Probe, { how, code }: End, arrived: Arrived, said: number | undefined): Verdict {
  const rejectedBy = arrived === 'unmasked' ? 'origin' : probe.suspect();
  const measured = { unmasked: 'rejected', ...(arrived && { rejectedBy }) };
  const by = arrived ? ` by ${rejectedBy}` : '';
  // The standard names 1002 as a code that may be sent, and 1003 says as much.
  if (code === 1002 || code === 1003) return pass(`closed with ${code}${by}`, { measured });
  if (code !== undefined) {
    const actual = `close ${code}`;
    if (arrived === 'unmasked' && said !== undefined && said !== code) {
      const message = `closed with ${said} by origin, of which a hop made ${code}`;
      return warn(message, { measured, expected: EXPECTED, actual, blame: probe.suspect() });
    }
    return warn(`closed with ${code}${by}`, { measured, expected: EXPECTED, actual });
  }
  return pass(`dropped (${how === 'rst' ? 'RST' : 'FIN'}) without a Close frame${by}`, { measured });
}

/** What these checks have in common. */
export const common = {
  severity: 'high',
  kind: 'vulnerability',
  judges: 'either',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §5.1', 'RFC 6455 §10.3'],
  why: 'Masking is there so that a web page cannot choose the octets on the wire. A server or hop that takes unmasked frames gives that choice back, and with it request smuggling and cache poisoning at everything in between.',
  remedy:
    'Close the connection over any frame without the MASK bit, control frames included, before looking at anything else in it. Reverse proxies that tunnel (nginx, HAProxy, Squid) do not look at frames: it has to be done by the server.',
} as const;
