import type { Acquaintance, Target, Verdict, WireFrame } from '../../harness/model.js';
import { fail, pass, warn } from '../../harness/verdict.js';
import { leaksIn, leaksTold } from '../judging/leaks.js';

const MOST_TEXT = 64 * 1024;

export const textOf = ({ payload }: WireFrame): string =>
  Buffer.from(payload.subarray(0, MOST_TEXT)).toString();

/** What a client of the target’s says itself, and so gets to know nothing by hearing it back. */
export const oursOf = ({ path, headers, hello = '', subprotocols }: Target): string[] => [
  path,
  hello,
  ...subprotocols,
  ...headers.map(([, value]) => value),
];

/** The first messages that came by themselves, and what came back for the user’s hello. */
export const firstOf = ({ greeting, answer }: Acquaintance): WireFrame[] => [
  ...greeting,
  ...(answer ? [answer] : []),
];

/** Names, addresses and the like may be what a message is for; a stack, a path, a key are not. */
export function judgeTexts(texts: readonly string[], ours: readonly string[]): Verdict {
  const leaks = texts.flatMap((text) => leaksIn(text, ours));
  const measured = { messages: texts.length };
  const grave = leaks.filter(({ kind }) => kind !== 'e-mail address' && kind !== 'internal address');
  if (grave.length > 0) {
    const severity = grave.find((leak) => leak.severity !== 'low')?.severity ?? 'low';
    return fail('messages without these', leaksTold(grave), { measured, severity });
  }
  if (leaks.length > 0) return warn(leaksTold(leaks), { measured, severity: 'low' });
  return pass(`none in ${texts.length} message${texts.length === 1 ? '' : 's'}`, { measured });
}
