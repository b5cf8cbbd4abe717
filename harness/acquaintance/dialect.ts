import type { Target, WireFrame } from '../model.js';
import { isData, textOf } from './signs.js';

/** What to say and what to wait for, in a protocol of its own over WebSocket. */
export type Dialect = Pick<Target, 'hello' | 'expect'>;

/** An open packet of Engine.IO, which comes first. */
const ENGINE_IO = /^0\{.*"sid"/s;
const CONNECTED: Dialect = { expect: /^40/ };

/**
 * How to talk to an endpoint that has told by its greeting which protocol it speaks, the most telling way first; none where
 * it has not. Engine.IO and SockJS end a connection over a message that is not theirs.
 */
export function dialectsOf(greeting: readonly WireFrame[]): readonly Dialect[] {
  const [first, ...more] = greeting.filter(isData).map(textOf);
  if (first === 'o') return [{ expect: /^o$/ }];
  if (first === undefined || !ENGINE_IO.test(first)) return [];
  // Up to its version 2, Socket.IO lets everybody into its main namespace unasked; from version 3 on it wants to be asked.
  if (more.some((one) => one.startsWith('40'))) return [CONNECTED];
  return [{ hello: '40', ...CONNECTED }, { expect: ENGINE_IO }];
}

/** Whether Socket.IO answered that it will not connect: its error packet, for the namespace that was asked for. */
export const refusedIn = (dialect: Dialect | undefined, messages: readonly WireFrame[]): boolean =>
  dialect?.hello === '40' && messages.some((message) => isData(message) && textOf(message).startsWith('44'));
