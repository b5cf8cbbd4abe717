import { randomBytes } from 'node:crypto';
import type { Peer, Sign, Target, WireFrame } from '../model.js';
import { frame } from '../protocol/index.js';

const MOST_TEXT = 64 * 1024;
/** Of what came, with the last. */
const MOST_MESSAGES = 8;

export const isData = ({ opcode }: WireFrame): boolean => opcode === 1 || opcode === 2;

export const textOf = ({ payload }: WireFrame): string =>
  Buffer.from(payload.subarray(0, MOST_TEXT)).toString();

/** What a connection showed within the time: whether the sign came, and the messages that came up to it. */
export interface Shown {
  came: boolean;
  messages: WireFrame[];
}

/** Does what brings the sign about, and waits for it: for an answer that is one, among others that may come by themselves. */
export async function show(
  peer: Peer,
  sign: Sign,
  target: Target,
  withinMs: number,
  isAnswer: (message: WireFrame) => boolean = isData,
): Promise<Shown> {
  const messages: WireFrame[] = [];
  const until = (fits: (frame: WireFrame) => boolean) =>
    peer.until((received) => {
      if (isData(received)) messages.splice(MOST_MESSAGES - 1, 1, received);
      return fits(received);
    }, withinMs);
  const say = (opcode: 'text' | 'ping', payload: string | Uint8Array) =>
    peer.send(frame({ opcode, payload, mask: true }));
  switch (sign) {
    case 'expected': {
      if (target.hello !== undefined) say('text', target.hello);
      return { came: (await until((one) => fits(one, target))) !== undefined, messages };
    }
    case 'echo': {
      const text = Buffer.from(`echo ${randomBytes(6).toString('hex')}`);
      say('text', text);
      return {
        came: (await until((one) => isData(one) && text.equals(one.payload))) !== undefined,
        messages,
      };
    }
    case 'answer': {
      say('text', target.hello ?? '');
      return { came: (await until((one) => isData(one) && isAnswer(one))) !== undefined, messages };
    }
    case 'pong': {
      const payload = randomBytes(8);
      say('ping', payload);
      const came = await until(({ opcode, payload: back }) => opcode === 10 && payload.equals(back));
      return { came: came !== undefined, messages };
    }
    case 'open':
      await until(() => false);
      return { came: peer.open, messages };
  }
}

export const fits = (message: WireFrame, { expect }: Target): boolean =>
  isData(message) &&
  expect !== undefined &&
  new RegExp(expect.source, expect.flags.replace(/[gy]/g, '')).test(textOf(message));
