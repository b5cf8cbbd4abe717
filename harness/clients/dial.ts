import { randomBytes } from 'node:crypto';
import type { Dial, DialOptions, Route } from '../model.js';
import { after } from '../patience.js';
import {
  faultsOf,
  freshKey,
  ProtocolFault,
  parseResponse,
  type ResponseHead,
  requestHead,
  show,
  splitHead,
  upgradeFields,
  type valueOf,
} from '../protocol/index.js';
import { type Connected, connect, Unreachable } from './connect.js';
import type { Context } from './context.js';
import { lossFault } from './faults.js';
import { RawPeer } from './peer.js';
import { recorderOf, unrecorded } from './recorder.js';

const ANSWER_MS = 3000;

/** A request target with a token by which the origin's sighting is found: a fresh one, unless the path brings its own. */
export function tokenise(path: string, unmarked = false): { token: string; target: string } {
  if (unmarked) return { token: randomBytes(6).toString('hex'), target: path };
  const given = /[?&]gauntlet=(\w+)/.exec(path)?.[1];
  if (given !== undefined) return { token: given, target: path };
  const token = randomBytes(6).toString('hex');
  return { token, target: `${path}${path.includes('?') ? '&' : '?'}gauntlet=${token}` };
}

/** One attempt at an opening handshake, with whatever is to be different about it. Never throws for what the far end does. */
export async function dial(route: Route, options: DialOptions = {}, context: Context = {}): Promise<Dial> {
  const withinMs = options.answerMs ?? ANSWER_MS;
  const { token, target } = tokenise(
    options.path ?? (new URL(route.url).pathname.replace(/^\/$/, '') || '/echo'),
    context.unmarked,
  );
  const record = recorderOf(token, context.record ?? unrecorded);
  const nothing = { token, sent: '', conforms: false, [Symbol.asyncDispose]: async () => {} };
  await context.admit?.();
  let link: Connected;
  try {
    const { tls, tcpKeepAliveMs } = options;
    link = await connect(route, {
      withinMs,
      record,
      ...(context.signal && { signal: context.signal }),
      ...(tls && { tls }),
      ...(tcpKeepAliveMs && { tcpKeepAliveMs }),
    });
  } catch (fault) {
    if (!(fault instanceof Unreachable || fault instanceof ProtocolFault)) throw fault;
    record('note', fault.message);
    const handshake = fault instanceof Unreachable ? fault.handshake : 'refused';
    const status = fault instanceof Unreachable ? fault.proxyStatus : undefined;
    return {
      ...nothing,
      handshake,
      failure: fault.message,
      ...(status !== undefined && { proxyStatus: status }),
    };
  }
  context.opened?.(link.raw);
  const fields = upgradeFields({
    host: link.host,
    key: freshKey(),
    ...(options.subprotocols && { subprotocols: options.subprotocols }),
    ...(options.extensions !== undefined && { extensions: options.extensions }),
    fields: [...link.fields, ...(options.headers ?? [])],
    ...(options.change && { change: options.change }),
  });
  const usual = requestHead({
    method: options.method ?? 'GET',
    target: link.prefix + target,
    version: options.httpVersion ?? '1.1',
    fields,
  });
  const rewritten = options.head?.(Buffer.from(usual).toString('latin1'));
  const head = rewritten === undefined ? usual : Buffer.from(rewritten, 'latin1');
  const sent = Buffer.from(head).toString('latin1');
  const octets = options.early ? Buffer.concat([head, options.early]) : head;
  context.spend?.(octets.length);
  record('sent', sent.split('\r\n', 1)[0] ?? '', octets, { mark: 'request' });
  const sentAt = performance.now();
  link.stream.write(octets);
  const answer = await readAnswer(link, withinMs, context.signal);
  const issuer = link.tls ? { issuer: link.tls.issuer, tls: link.tls } : {};
  const pong = options.pong ?? true;
  const { spend } = context;
  if (!('head' in answer)) {
    record('note', answer.failure);
    const peer = new RawPeer(token, link, record, { frames: false, pong, rest: answer.rest, spend });
    const dispose = () => peer[Symbol.asyncDispose]();
    const { handshake, failure } = answer;
    return { ...nothing, sent, handshake, failure, peer, ...issuer, [Symbol.asyncDispose]: dispose };
  }
  const { status, reason, fields: headers, raw } = answer.head;
  record('received', `HTTP ${status} ${show(reason)}`, Buffer.from(raw, 'latin1'), { mark: 'response' });
  const accepted = status === 101;
  const asked = {
    key: keyOf(fields),
    subprotocols: options.subprotocols ?? [],
    extensions: options.extensions ?? '',
  };
  const peer = new RawPeer(token, link, record, { frames: accepted, pong, rest: answer.rest, spend });
  return {
    token,
    sent,
    handshake: accepted ? 'accepted' : 'refused',
    answer: { status, reason, headers, raw },
    conforms: accepted && faultsOf(answer.head, asked).length === 0,
    peer,
    answeredMs: performance.now() - sentAt,
    ...issuer,
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  };
}

const keyOf = (fields: Parameters<typeof valueOf>[0]['fields']) =>
  fields.find(([name]) => name.toLowerCase() === 'sec-websocket-key')?.[1] ?? '';

type Answer =
  | { head: ResponseHead; rest: Uint8Array }
  | { handshake: 'reset' | 'no-answer' | 'refused'; failure: string; rest: Uint8Array };

/** Reads the final answer's head; interim answers (100, 102, 103) are passed over. */
function readAnswer(link: Connected, withinMs: number, signal?: AbortSignal): Promise<Answer> {
  const { stream } = link;
  return new Promise((resolve) => {
    let seen: Buffer = Buffer.alloc(0);
    const finish = (answer: Answer) => {
      callOff();
      signal?.removeEventListener('abort', aborted);
      stream.off('data', take).off('end', ended).off('error', failed);
      stream.pause();
      resolve(answer);
    };
    const none = (handshake: 'reset' | 'no-answer', failure: string) =>
      finish({ handshake, failure, rest: seen });
    const callOff = after(withinMs, () => none('no-answer', `no answer within ${Math.round(withinMs)} ms`));
    const aborted = () => none('no-answer', 'cancelled');
    const ended = () => none('reset', 'the connection was closed (FIN) without an answer');
    const failed = (fault: Error) =>
      none('reset', `the connection was lost without an answer: ${lossFault(fault)}`);
    const take = (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk]);
      try {
        for (let split = splitHead(seen); split; split = splitHead(seen)) {
          const head = parseResponse(split.head);
          if (head.status < 200 && head.status !== 101) seen = Buffer.from(split.rest);
          else return finish({ head, rest: split.rest });
        }
      } catch (fault) {
        finish({
          handshake: 'refused',
          failure: `the answer is not HTTP: ${(fault as Error).message}`,
          rest: seen,
        });
      }
    };
    stream.on('data', take).once('end', ended).once('error', failed);
    // Reading the answer to CONNECT has left it paused.
    stream.resume();
    signal?.addEventListener('abort', aborted, { once: true });
  });
}
