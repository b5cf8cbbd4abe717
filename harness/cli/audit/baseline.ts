import { isIP } from 'node:net';
import { acquaint, describe } from '../../acquaintance.js';
import { CannotTry } from '../../cannot-try.js';
import { dial } from '../../clients/dial.js';
import type { Acquaintance, Dial, Endpoint, Route } from '../../model.js';
import { elsewhere } from '../../probe/elsewhere.js';
import { show } from '../../protocol/index.js';
import { Trouble } from '../trouble.js';

/**
 * Makes sure that a well-meaning client is let in, since nothing can be judged where none is.
 * @throws {Trouble} with the reason, and what may help
 */
export async function baselineOf(
  endpoint: Endpoint,
  answerMs: number,
  signal: AbortSignal,
): Promise<Acquaintance> {
  const { url, target } = endpoint;
  const route = routeOf(endpoint);
  const { path, headers, origin, subprotocols } = target;
  const browser = origin === undefined ? [] : [['Origin', origin] as const];
  const asked = { path, subprotocols, headers: [...headers, ...browser], answerMs };
  const open: Dial[] = [];
  const attempt = async () => {
    const made = await dial(route, asked, { signal, unmarked: true });
    open.push(made);
    return made;
  };
  try {
    return await acquaint(attempt, target, answerMs);
  } catch (fault) {
    if (!(fault instanceof CannotTry)) throw fault;
    const first = open[0];
    const why =
      first && !first.conforms ? refusal(first, endpoint) : fault.message.replace(/^no baseline here: /, '');
    const hint =
      first?.sent && first.handshake !== 'accepted' ? await elsewhere(route, answerMs, signal) : undefined;
    const said = `no baseline at ${show(url)}, so nothing was judged: ${why}`;
    throw new Trouble(hint === undefined ? said : `${said}. ${hint}`);
  } finally {
    await Promise.all(open.map((made) => made[Symbol.asyncDispose]()));
  }
}

export function routeOf({ url, reach }: Endpoint): Route {
  const { protocol, hostname } = new URL(url);
  // A literal address is no server name (RFC 6066 §3).
  const named = protocol === 'wss:' && !isIP(hostname.replace(/^\[|\]$/g, ''));
  return { url, ...(named && { servername: hostname }), ...reach };
}

function refusal(made: Dial, { target }: Endpoint): string {
  const { answer, handshake, failure } = made;
  if (!answer)
    return handshake === 'no-answer'
      ? `${failure}; is this the right port, and does it speak HTTP?`
      : `${failure}`;
  const { status } = answer;
  const value = (name: string) => answer.headers.find(([one]) => one.toLowerCase() === name)?.[1];
  const said = describe(made);
  if (status === 101)
    return `the 101 is wrong: its Upgrade, Connection, Sec-WebSocket-Accept, -Protocol or -Extensions is not what was asked for`;
  if (status >= 300 && status < 400) {
    return `redirected to ${show(value('location') ?? 'nowhere')} with ${status}; clients do not follow that: give the URL that it leads to`;
  }
  if (status < 300) {
    const kind = value('content-type')?.split(';')[0];
    return `${said.replace('refused', 'answered')}${kind ? ` and ${show(kind)}` : ''} instead of 101; this path is no WebSocket endpoint, or something on the way dropped Upgrade`;
  }
  return `${said}${ADVICE[status] ?? (target.origin === undefined ? '; it may want an Origin, a cookie or a subprotocol (--origin, --cookie, --subprotocol)' : '')}`;
}

const ADVICE: Readonly<Record<number, string>> = {
  401: '; give credentials (--cookie, --bearer, --basic, --header)',
  403: '; give credentials (--cookie, --bearer, --basic, --header), or the Origin of the application’s page (--origin)',
  404: '; see whether the path is right',
  407: '; the proxy wants credentials (--via http://user:password@host:port)',
  502: '; what stands before the server does not reach it',
  503: '; the server, or what stands before it, is not ready',
  504: '; what stands before the server does not reach it',
};
