import type { WireFrame } from '../model.js';
import { textOf } from './signs.js';

const OBJECTION = /\b(?:error|denied|unauthori[sz]ed|forbidden|invalid|not allowed|reject|expired)/i;

/** Words that are said to somebody who is not let in, and to no one else. */
const DENIAL =
  /\b(?:(?:access|permission|request|connection|login)[ _-]denied|unauthori[sz]ed|unauthenticated|forbidden|not[ _-](?:allowed|permitted|authori[sz]ed|authenticated|logged[ _-]in)|(?:login|auth\w*)[ _-](?:required|failed)|(?:invalid|bad|wrong|missing|expired)[ _-](?:token|session|credentials?|origin|cookie|password))\b|"(?:code|status)":\s*"?40[13]\b/i;
const MOST = 1024;

/** Whether a message turns the client down. A long one is about something else. */
export const denies = (message: WireFrame): boolean =>
  message.opcode === 1 && message.payload.length <= MOST && DENIAL.test(textOf(message));

/**
 * Whether two messages are of one kind: both binary or both text; as JSON with the same keys, type and event; and either
 * both speak of a refusal or neither does. Values may differ: ids, times, counters.
 */
export function similar(a: WireFrame, b: WireFrame): boolean {
  if (a.opcode !== b.opcode) return false;
  if (a.opcode === 2) return true;
  const [one, other] = [textOf(a), textOf(b)];
  if (OBJECTION.test(one) !== OBJECTION.test(other)) return false;
  return shape(one) === shape(other);
}

function shape(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Engine.IO and its like put a digit first.
    return `text ${/^\d{1,3}/.exec(text)?.[0] ?? ''}`;
  }
  if (typeof value !== 'object' || value === null) return typeof value;
  const said = value as Record<string, unknown>;
  const kind = ['type', 'event', 'op', 'action', 'method']
    .map((key) => said[key])
    .filter((one) => typeof one === 'string');
  return JSON.stringify([Object.keys(said).sort(), kind]);
}
