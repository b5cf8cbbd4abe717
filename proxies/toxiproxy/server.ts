import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { posix } from 'node:path';
import type { Address } from '../../harness/model.js';
import { encode } from './json.js';
import { Proxies } from './proxies.js';
import { badBody, Refusal } from './refusal.js';
import { type Answer, type Handler, routes } from './routes.js';
import { loadToxics } from './toxic.js';

const HANDLER_MS = 25_000;
const BODY_LIMIT = 4 * 1024 * 1024;
const TEXT = 'text/plain; charset=utf-8';

/** A Toxiproxy inside of this process, with Toxiproxy's HTTP API. */
export interface Toxiproxy extends AsyncDisposable {
  /** Where its API listens. */
  address: Address;
}

/** Starts one; port 0 takes a free port. Rejects when the API's address cannot be bound. */
export async function startToxiproxy(at: Address): Promise<Toxiproxy> {
  const proxies = new Proxies(await loadToxics());
  const server = http.createServer(
    { requestTimeout: 15_000, keepAliveTimeout: 60_000 },
    (request, response) => {
      void answer(proxies, request).then((given) => send(response, given));
    },
  );
  server.listen(at.port, at.host);
  await once(server, 'listening');
  return {
    address: { host: at.host, port: (server.address() as AddressInfo).port },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await proxies.clear();
      await closed;
    },
  };
}

interface Sent extends Answer {
  headers?: Record<string, string>;
}

async function answer(proxies: Proxies, request: IncomingMessage): Promise<Sent> {
  let path: string;
  try {
    path = decodeURIComponent((request.url ?? '/').split('?')[0]!);
  } catch {
    return { status: 400, type: TEXT, body: '400 Bad Request' };
  }
  const clean = posix.normalize(path);
  if (clean !== path) return { status: 301, headers: { Location: encodeURI(clean) } };

  const route = routes.find(([pattern]) => pattern.test(path));
  if (!route) return plain(404, '404 page not found');
  const [pattern, methods] = route;
  const method = request.method ?? '';
  const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!handler) return { status: 405 };

  const headers = { 'X-Toxiproxy-Request-Id': requestId() };
  const given = request.headers['user-agent']?.startsWith('Mozilla/')
    ? plain(403, 'User agent not allowed')
    : await handle(handler, proxies, request, pattern.exec(path)!.slice(1));
  return { ...given, headers: { ...headers, ...given.headers } };
}

/** What the handler says; its error; or 503 when it takes too long. */
async function handle(
  handler: Handler,
  proxies: Proxies,
  request: IncomingMessage,
  names: string[],
): Promise<Sent> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(resolve, HANDLER_MS, { status: 503 });
  });
  try {
    return await Promise.race([late, bodyOf(request).then((body) => handler(proxies, body, names))]);
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 500;
    return plain(status, encode({ error: (error as Error).message, status }));
  } finally {
    clearTimeout(timer);
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size <= BODY_LIMIT) parts.push(part as Buffer);
  }
  if (size > BODY_LIMIT) throw badBody(`more than ${BODY_LIMIT} bytes`);
  return Buffer.concat(parts).toString();
}

/** As Go's http.Error writes it. */
const plain = (status: number, text: string): Sent => ({
  status,
  type: TEXT,
  body: `${text}\n`,
  headers: { 'X-Content-Type-Options': 'nosniff' },
});

function send(response: ServerResponse, { status, type, body, headers }: Sent): void {
  const octets = Buffer.from(body ?? '');
  response.writeHead(status, {
    ...headers,
    ...(body !== undefined && { 'Content-Type': type ?? 'application/json' }),
    ...(status !== 204 && { 'Content-Length': octets.length }),
  });
  response.end(octets);
}

/** 20 characters of 0-9a-v, beginning with the time. */
function requestId(): string {
  const id = Buffer.concat([Buffer.alloc(4), randomBytes(8)]);
  id.writeUInt32BE(Math.floor(Date.now() / 1000));
  return (BigInt(`0x${id.toString('hex')}`) << 4n).toString(32).padStart(20, '0');
}
