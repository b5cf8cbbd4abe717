import type { Peer, Probe, WireFrame } from '../../harness/model.js';
import { endsMessage, frame } from '../../harness/protocol/index.js';

/** By what single frames are seen to be heeded, one by one: their echo, or the pong that a ping gets. */
export interface Answered {
  /** `texts` or `pings`, for messages. */
  what: string;
  of(payload: Uint8Array): Uint8Array;
  /** For frames in their order: an echo may come in fragments. */
  answers(payload: Uint8Array): (received: WireFrame) => boolean;
}

const TEXTS: Answered = {
  what: 'texts',
  of: (payload) => frame({ opcode: 'text', payload, mask: true }),
  answers: endsMessage,
};

const PINGS: Answered = {
  what: 'pings',
  of: (payload) => frame({ opcode: 'ping', payload, mask: true }),
  answers:
    (payload) =>
    ({ opcode, payload: came }) =>
      opcode === 10 && Buffer.compare(came, payload) === 0,
};

/** What the endpoint answers: texts where it echoes, else pings; nothing that can be told apart, where it does neither. */
export async function answeredBy(probe: Probe): Promise<Answered | undefined> {
  const { again, pongs } = await probe.acquaintance();
  if (again === 'echo') return TEXTS;
  return pongs ? PINGS : undefined;
}

export const NEITHER =
  'the endpoint answers neither texts with their echo nor pings, so single frames cannot be told';

/** Whether that payload's answer comes. */
export const isAnswered = async (
  probe: Probe,
  peer: Peer,
  { answers }: Answered,
  payload: Uint8Array,
): Promise<boolean> => (await peer.until(answers(payload), probe.patience.answerMs)) !== undefined;
