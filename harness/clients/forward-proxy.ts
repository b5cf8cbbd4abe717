import type { Socket } from 'node:net';
import type { Field } from '../model.js';
import { parseResponse, redact, requestHead, show, splitHead } from '../protocol/index.js';
import { unbracketed } from './faults.js';
import type { Recorder } from './recorder.js';
import { type Step, settle } from './settle.js';
import { Unreachable } from './unreachable.js';

const MOST_ANSWER = 65_536;

/** A forward proxy, as a route names it. */
export interface ForwardProxy {
  kind: 'http' | 'https' | 'socks5';
  host: string;
  port: number;
  user?: string;
  password?: string;
}

const USUAL_PORT = { http: 80, https: 443, socks5: 1080 } as const;

/** @throws Unreachable where the URL names no kind of proxy that is known */
export function parseProxy(text: string): ForwardProxy {
  // What it says stays out: there may be a password in it.
  if (!URL.canParse(text)) throw new Unreachable('the URL of the proxy is none', 'refused');
  const { protocol, hostname, port, username, password } = new URL(text);
  const kind = protocol === 'socks5h:' ? 'socks5' : protocol.slice(0, -1);
  if (kind !== 'http' && kind !== 'https' && kind !== 'socks5') {
    throw new Unreachable(
      `a proxy is http://, https:// or socks5://, and not ${show(protocol)}//`,
      'refused',
    );
  }
  return {
    kind,
    host: unbracketed(hostname),
    port: Number(port) || USUAL_PORT[kind],
    ...(username !== '' && { user: decode(username), password: decode(password) }),
  };
}

/** A stray percent sign is one. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** RFC 7617; for the proxy's eyes only (RFC 9110 §11.7.2). */
export function credentialsFor({ user, password = '' }: ForwardProxy): Field[] {
  if (user === undefined) return [];
  return [['Proxy-Authorization', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`]];
}

/** CONNECT, RFC 9110 §9.3.6. Leaves the stream paused. */
export async function askForTunnel(
  stream: Socket,
  authority: string,
  proxy: ForwardProxy,
  record: Recorder,
  bounds: Pick<Step, 'withinMs' | 'signal'>,
): Promise<void> {
  const credentials = credentialsFor(proxy);
  const fields: Field[] = [['Host', authority], ...credentials];
  const request = requestHead({ method: 'CONNECT', target: authority, fields });
  const shown = Buffer.from(redact(Buffer.from(request).toString('latin1')), 'latin1');
  record('sent', `CONNECT ${authority}`, shown, { mark: 'request' });
  stream.write(request);
  let seen = Buffer.alloc(0);
  const answered = (done: () => void) => {
    const take = (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk]);
      if (!seen.includes('\r\n\r\n') && seen.length <= MOST_ANSWER) return;
      stream.off('data', take).off('end', done);
      stream.pause();
      done();
    };
    stream.on('data', take).once('end', done);
  };
  await settle(stream, answered, { ...bounds, late: 'no answer from the proxy to CONNECT' });
  const split = splitHead(seen);
  if (!split) throw new Unreachable('the proxy closed the connection without an answer to CONNECT', 'reset');
  const { status, reason } = parseResponse(split.head);
  record('received', `HTTP ${status} ${show(reason)}`, split.head, { mark: 'response' });
  if (status < 200 || status > 299) {
    const given = credentials.length > 0;
    const why = status !== 407 ? '' : given ? ': it does not take the credentials' : ': it wants credentials';
    throw new Unreachable(`the proxy answered ${status} to CONNECT ${authority}${why}`, 'refused', status);
  }
  if (split.rest.length > 0) stream.unshift(split.rest);
}
