import type { Dial, End, WireFrame } from '../model.js';
import { show } from '../protocol/index.js';
import { textOf } from './signs.js';

const MOST = 120;

const quoted = (text: string): string => `"${show(text.length > MOST ? `${text.slice(0, MOST)}…` : text)}"`;

/** In a few words, what came of an attempt up to its answer. */
export function describe(made: Dial): string {
  if (made.failure !== undefined) return `${made.handshake} (${made.failure})`;
  if (!made.answer) return made.handshake;
  const { status, reason } = made.answer;
  if (made.handshake === 'accepted') return made.conforms ? 'accepted with 101' : 'the 101 is wrong';
  return `refused with ${status} ${show(reason)}`.trimEnd();
}

export function endTold({ how, code, reason }: End): string {
  if (how !== 'close') return how === 'rst' ? 'RST' : 'FIN';
  const words = reason ? ` ${quoted(reason)}` : '';
  return code === undefined ? 'Close without a code' : `Close ${code}${words}`;
}

export const messageTold = (message: WireFrame): string =>
  message.opcode === 2
    ? `a binary message of ${message.payload.length} octets`
    : `the message ${quoted(textOf(message))}`;
