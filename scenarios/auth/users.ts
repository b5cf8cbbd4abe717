import { randomInt } from 'node:crypto';
import type { Dial, DialOptions, Probe } from '../../harness/model.js';
import { credentialsOf } from '../judging/credentials.js';

/** Two handshakes that a server ought not to tell apart: wrong passwords, of a user that there is and of one that there is not. */
export interface Strangers {
  known: DialOptions;
  unknown: DialOptions;
  /** The two names, of one length. */
  names: readonly [known: string, unknown: string];
}

/** From the target’s HTTP Basic (RFC 7617); undefined where it has none. */
export function strangersOf({ target, route }: Probe): Strangers | undefined {
  const basic = credentialsOf(target, route).find(({ value }) => /^basic /i.test(value));
  if (!basic) return undefined;
  const [user = '', ...rest] = Buffer.from(basic.value.slice(6).trim(), 'base64').toString().split(':');
  const wrong = letters(rest.join(':').length || 8);
  const other = letters(user.length || 8);
  const as = (name: string): DialOptions => ({
    change: { [basic.name]: `Basic ${Buffer.from(`${name}:${wrong}`).toString('base64')}` },
  });
  return { known: as(user), unknown: as(other), names: [user, other] };
}

const letters = (count: number): string =>
  Array.from({ length: count }, () => String.fromCharCode(97 + randomInt(26))).join('');

/** What a refusal says: status, header names, and the body with the user’s name taken out. */
export async function refusalOf(made: Dial, name: string, withinMs: number): Promise<string | undefined> {
  if (made.handshake !== 'refused' || !made.answer || !made.peer) return undefined;
  const { status, reason, headers } = made.answer;
  const length = Number(headers.find(([one]) => /^content-length$/i.test(one))?.[1] ?? 4096);
  const body = Buffer.from(await made.peer.octets(Math.min(length, 4096), withinMs)).toString('latin1');
  const names = headers.map(([one]) => one.toLowerCase()).sort();
  return [`${status} ${reason}`, names.join(' '), name === '' ? body : body.replaceAll(name, 'NAME')].join(
    '\n',
  );
}
