import { request } from 'node:http';
import type { HttpAnswer, Route } from '../model.js';
import { after } from '../patience.js';
import { connect, Unreachable } from './connect.js';
import type { Context } from './context.js';
import { tokenise } from './dial.js';
import { lossFault } from './faults.js';
import { recorderOf, unrecorded } from './recorder.js';

const MOST_BODY = 4 * 1_048_576;
/** About what a request head comes to. */
const HEAD_OCTETS = 300;

export interface HttpOptions {
  method?: string;
  headers?: readonly (readonly [string, string])[];
  body?: string;
  withinMs?: number;
}

/** One plain HTTP request along the route, on a connection of its own. Never throws for what the far end does. */
export async function ask(
  route: Route,
  path: string,
  options: HttpOptions = {},
  context: Context = {},
): Promise<HttpAnswer> {
  const withinMs = options.withinMs ?? 3000;
  const { target, token } = tokenise(path, context.unmarked);
  const record = recorderOf(token, context.record ?? unrecorded);
  const none = { headers: [], body: '' };
  await context.admit?.();
  let link: Awaited<ReturnType<typeof connect>>;
  try {
    const plain = { ...route, method: 'GET' as const };
    link = await connect(plain, { withinMs, record, ...(context.signal && { signal: context.signal }) });
  } catch (fault) {
    if (!(fault instanceof Unreachable)) throw fault;
    return { ...none, handshake: fault.handshake, failure: fault.message };
  }
  context.opened?.(link.raw);
  context.spend?.(HEAD_OCTETS + Buffer.byteLength(options.body ?? ''));
  record('sent', `${options.method ?? 'GET'} ${link.prefix}${target} HTTP/1.1`, undefined, {
    mark: 'request',
  });
  return new Promise((resolve) => {
    const asked = request({
      createConnection: () => link.stream,
      method: options.method ?? 'GET',
      path: link.prefix + target,
    });
    asked.setHeader('Host', link.host);
    for (const [name, value] of [...link.fields, ...(options.headers ?? [])]) asked.appendHeader(name, value);
    if (options.body !== undefined) asked.setHeader('Content-Length', Buffer.byteLength(options.body));
    asked.setHeader('Connection', 'close');
    const finish = (answer: HttpAnswer) => {
      callOff();
      link.stream.destroy();
      link.raw.destroy();
      resolve(answer);
    };
    const callOff = after(withinMs, () =>
      finish({ ...none, handshake: 'no-answer', failure: `no answer within ${withinMs} ms` }),
    );
    asked.on('error', (fault) => finish({ ...none, handshake: 'reset', failure: lossFault(fault) }));
    asked.on('response', (response) => {
      const status = response.statusCode ?? 0;
      record('received', `HTTP ${status}`, undefined, { mark: 'response' });
      const headers: [string, string][] = [];
      for (let i = 0; i + 1 < response.rawHeaders.length; i += 2)
        headers.push([response.rawHeaders[i]!, response.rawHeaders[i + 1]!]);
      let body = '';
      const done = (failure?: string) =>
        finish({
          handshake: status < 400 ? 'accepted' : 'refused',
          status,
          headers,
          body,
          ...(failure !== undefined && { failure }),
        });
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        body += text;
        if (body.length > MOST_BODY) done('the body is too large');
      });
      response.on('end', () => done());
      response.on('error', (fault) => done(fault.message));
    });
    asked.end(options.body);
    // After CONNECT the connection was left paused, so that nothing is lost before this end listens.
    setImmediate(() => link.stream.resume());
  });
}
