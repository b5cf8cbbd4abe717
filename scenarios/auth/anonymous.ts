import type { Acquaintance, Probe } from '../../harness/model.js';
import { anonymous, credentialsOf } from '../judging/credentials.js';
import { isRefusal, type Seen, seen } from '../judging/seen.js';

export const NONE_GIVEN =
  'no credentials are given; give them with --header, --cookie, --bearer, --basic or in the URL';

/** What becomes of a handshake of the target’s without credentials; measured once for a place. */
export const anonymousOf = (probe: Probe): Promise<Seen> =>
  probe.once('auth/anonymous', () => seen(probe, anonymous(probe)));

/** Why nothing can be said here of other credentials; undefined where a handshake without any is refused. */
export async function notGuarded(probe: Probe): Promise<string | undefined> {
  if (credentialsOf(probe.target, probe.route).length === 0) return NONE_GIVEN;
  const came = await anonymousOf(probe);
  if (came.reception === 'accepted') return 'a handshake without credentials is let in as well';
  if (!isRefusal(came))
    return `it is not clear what becomes of a handshake without credentials: ${came.told}`;
  return undefined;
}

/** Whether the sign of life shows more than that a connection is open. */
export const isTelling = ({ sign, greeting }: Acquaintance): boolean =>
  (sign !== 'pong' && sign !== 'open') || greeting.length > 0;

/** Whether a client’s first message is one that logs in, as far as its words tell. */
export const isLogin = (hello: string | undefined): boolean =>
  hello !== undefined &&
  /token|auth(?!or)|log_?in|passw|jwt|credential|session|ticket|connection_init|^CONNECT\b|^STOMP\b/i.test(
    hello,
  );
