import { randomBytes } from 'node:crypto';
import type { Dial, Peer, Probe, Verdict } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { judge, type Wrong } from '../opening/refused.js';
import { moreLines } from './lines.js';

export interface Body {
  /** Header lines that announce it, each with its CRLF. */
  lines(length: number): string;
  /** How it is written, from what it carries. */
  written(content: Uint8Array): Uint8Array;
}

type Opcode = 'ping' | 'text';

/**
 * Judges whether what a handshake carries as its body is kept apart from what comes after it: the body is a frame, and
 * must not be answered as one. To refuse a handshake with a body is right as well.
 */
export async function keptApart(probe: Probe, { lines, written }: Body): Promise<Verdict> {
  const opcode = await answered(probe);
  if (!opcode)
    return skip('neither messages come back here nor pings, so nothing tells what is taken for a frame');
  const hidden = Buffer.from(`body ${randomBytes(4).toString('hex')}`);
  const body = written(frame({ opcode, payload: hidden, mask: true }));
  const wrong: Wrong = {
    options: { ...moreLines(lines(body.length)), early: body },
    expected: '4xx, or a body that is not taken for frames',
  };
  const bystander = await probe.meet();
  const made = await probe.dial(wrong.options);
  const { peer } = made;
  if (made.handshake !== 'accepted' || !peer) return judge(probe, wrong, made, bystander);
  return afterwards(probe, { made, peer, bystander, opcode, hidden, expected: wrong.expected });
}

interface Afterwards {
  made: Dial;
  peer: Peer;
  bystander: Peer;
  opcode: Opcode;
  hidden: Uint8Array;
  expected: string;
}

async function afterwards(
  probe: Probe,
  { made, peer, bystander, opcode, hidden, expected }: Afterwards,
): Promise<Verdict> {
  const measured = { handshake: made.handshake, status: 101 };
  const blame = probe.suspect();
  // As long as a ping may be: a reader that takes the body for the beginning of a frame finds its end in it.
  const marker = Buffer.from(`after ${randomBytes(4).toString('hex')}`.padEnd(125, '.'));
  peer.send(frame({ opcode, payload: marker, mask: true }));
  const says = (text: Uint8Array) => (payload: Uint8Array) => Buffer.from(text).equals(payload);
  const answers = opcode === 'ping' ? [10] : [1, 2];
  const first = await peer.until(
    (came) => answers.includes(came.opcode) && (says(hidden)(came.payload) || says(marker)(came.payload)),
    probe.patience.answerMs,
  );
  if (first && says(hidden)(first.payload))
    return fail(expected, 'accepted, and a frame in the body was answered', { measured, blame });
  if (first) return pass('accepted, and the body was not taken for frames', { measured });
  const end = await peer.farewell(0);
  if (!(await probe.lives(bystander)))
    return skip('connections end here by themselves, so that one ends tells nothing of its body');
  if (end?.code === 1002)
    return fail(expected, 'accepted, and closed with 1002: the body was read as frames, badly', {
      measured,
      blame,
    });
  const actual = end ? `accepted, and then ended (${end.how})` : 'accepted, and nothing is answered after it';
  return warn(actual, { measured, expected, actual, blame, severity: 'low' });
}

/** What the far end answers, the most certain first. */
async function answered(probe: Probe): Promise<Opcode | undefined> {
  if (probe.ours) return 'text';
  const { sign, pongs } = await probe.acquaintance();
  if (sign === 'echo') return 'text';
  return pongs ? 'ping' : undefined;
}
