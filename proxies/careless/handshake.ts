import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Site } from '../../harness/model.js';
import {
  type Field,
  ProtocolFault,
  parseResponse,
  type RequestHead,
  type ResponseHead,
  requestHead,
  responseHead,
  splitHead,
  tokensOf,
} from '../../harness/protocol/index.js';
import type { Listener } from '../common/listener.js';
import { endToEnd, tokens } from '../plain/fields.js';
import { emptyAnswer } from '../plain/serve.js';
import { join } from './join.js';
import type { Sin } from './sin.js';

/** Takes attempts to upgrade on to the origin, head by head; what is no tunnel ends after one answer. */
export function handshake(site: Site, sin: Sin) {
  const ca = readFileSync(site.ca);
  const passed = ['websocket', ...(sin.passes ?? [])];
  return (request: IncomingMessage, client: Socket, early: Buffer, listener: Listener): void => {
    const origin = listener.keep(
      site.upstreamTls ? connectTls({ ...site.upstream, ca, servername: site.name }) : connect(site.upstream),
    );
    const asked = tokens(request.headers.upgrade).filter((token) => passed.includes(token));
    const head = headOf(request, asked);
    origin.write(requestHead(sin.request?.(head, request) ?? head));
    origin.once('error', () => client.end(emptyAnswer(502)));
    let seen: Buffer = Buffer.alloc(0);
    const take = (octets: Buffer) => {
      seen = Buffer.concat([seen, octets]);
      try {
        const split = splitHead(seen);
        if (!split) return;
        origin.off('data', take).pause();
        settle(parseResponse(split.head), Buffer.from(split.rest));
      } catch (fault) {
        if (!(fault instanceof ProtocolFault)) throw fault;
        client.end(emptyAnswer(502));
        origin.destroy();
      }
    };
    origin.on('data', take);

    function settle(answer: ResponseHead, ahead: Buffer): void {
      const sound =
        answer.status === 101 && asked.some((token) => tokensOf(answer, 'upgrade').includes(token));
      const shown = sin.answer?.(answer) ?? answer;
      if (sin.tunnels?.(answer) ?? sound) {
        client.write(responseHead(shown));
        const nothing = Buffer.alloc(0);
        return join(client, origin, {
          sin,
          early: sin.forgetsEarly ? nothing : early,
          ahead: sin.forgetsAhead ? nothing : ahead,
        });
      }
      if (answer.status === 101) {
        client.end(emptyAnswer(502));
        return void origin.destroy();
      }
      client.write(responseHead({ ...shown, fields: [...shown.fields, ['Connection', 'close']] }));
      one(client, origin, Number(tokensOf(answer, 'content-length')[0] ?? Number.POSITIVE_INFINITY), ahead);
    }
  };
}

/** The body of one answer, then FIN. */
function one(client: Socket, origin: Socket, length: number, ahead: Buffer): void {
  let left = length;
  const pass = (octets: Buffer) => {
    client.write(octets.subarray(0, left));
    left -= octets.length;
    if (left <= 0) finish();
  };
  const finish = () => {
    client.end();
    origin.destroy();
  };
  client.once('close', () => origin.destroy());
  origin.on('data', pass).once('end', finish);
  pass(ahead);
  origin.resume();
}

function headOf(request: IncomingMessage, upgrade: readonly string[]): RequestHead {
  const flat = endToEnd(request);
  const fields: Field[] = [];
  for (let i = 0; i < flat.length; i += 2) fields.push([flat[i]!, flat[i + 1]!]);
  if (upgrade.length > 0) fields.push(['Connection', 'Upgrade'], ['Upgrade', upgrade.join(', ')]);
  const { method = 'GET', url = '/', httpVersion } = request;
  return { method, target: url, version: httpVersion, fields, raw: '', oddities: [] };
}
