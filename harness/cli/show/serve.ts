import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Trouble } from '../trouble.js';
import { isOwn } from './peer.js';

const HOST = '127.0.0.1';

export interface Shown extends AsyncDisposable {
  url: string;
}

/** What is answered: a text, or a file to download. */
interface Answer {
  status: number;
  type: string;
  body: string | { file: string; octets: number };
  headers?: Readonly<Record<string, string>>;
}

const text = (status: number, body: string, headers = {}): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${body}\n`,
  headers,
});

/**
 * Serves a record on loopback: the page at `/`, the record itself at `/run.json`, and the captures that lie beside it
 * below `/captures/`. Other users of this machine get nothing. `render` makes the page whenever it is asked for; what it throws is shown in its place.
 * @throws {Trouble} where the port cannot be had
 */
export async function serveReport(
  record: string,
  render: () => Promise<string>,
  port: number,
): Promise<Shown> {
  const server = createServer((request, response) => {
    void answerTo(request, record, render)
      .catch((fault: unknown) => text(500, (fault as Error).message))
      .then((answer) => send(answer, request, response))
      // They hung up in the middle of it, or the file went away.
      .catch(() => response.destroy());
  });
  await listening(server, port);
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${bound}/`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => {
      const why =
        fault.code === 'EADDRINUSE'
          ? 'it is taken'
          : fault.code === 'EACCES'
            ? 'not permitted'
            : fault.message;
      reject(
        new Trouble(
          `cannot listen at port ${port} of ${HOST}: ${why}; name another with --port, or leave it out for a free one`,
        ),
      );
    });
    server.listen(port, HOST, () => resolve());
  });
}

async function answerTo(
  request: IncomingMessage,
  record: string,
  render: () => Promise<string>,
): Promise<Answer> {
  // A name of somebody else's that was made to lead here (DNS rebinding) would let that site read the report.
  const named = new RegExp(`^(?:127\\.0\\.0\\.1|localhost):${request.socket.localPort}$`, 'i');
  if (!named.test(request.headers.host ?? ''))
    return text(421, 'this server answers to its own address only');
  const own = isOwn(request.socket);
  if (own === false) return text(403, 'this is the report of another user of this machine');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return text(405, 'only GET and HEAD are answered', { Allow: 'GET, HEAD' });
  const path = pathOf(request.url ?? '');
  if (path === '/' || path === '/index.html') return page(await render());
  if (path === '/run.json') return download(record, 'application/json');
  const capture = /^\/captures\/(.+)$/.exec(path)?.[1];
  const folder = join(dirname(record), 'captures');
  // Only what the folder is listed with: a path that leads elsewhere is never looked up.
  if (capture && (await captures(folder)).includes(capture)) {
    const file = join(folder, ...capture.split('/'));
    // It holds credentials and the keys of TLS.
    if (!own) return text(403, `whose request this is cannot be told here; open the file itself: ${file}`);
    return download(file, 'application/octet-stream');
  }
  return text(404, 'there is nothing here; the report is at /');
}

function pathOf(target: string): string {
  try {
    return decodeURIComponent(target.replace(/[?#].*$/s, ''));
  } catch {
    return '';
  }
}

/** The page brings its own policy along, with the hash of its program; the header says the same, and forbids frames. */
function page(html: string): Answer {
  const [, own = "default-src 'none'"] =
    /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
  return {
    status: 200,
    type: 'text/html; charset=utf-8',
    body: html,
    headers: { 'Content-Security-Policy': `${own}; frame-ancestors 'none'` },
  };
}

async function download(file: string, type: string): Promise<Answer> {
  const { size } = await stat(file);
  const name = file
    .split(/[\\/]/)
    .at(-1)!
    .replace(/[^\w.-]/g, '_');
  const headers = { 'Content-Disposition': `attachment; filename="${name}"` };
  return { status: 200, type, body: { file, octets: size }, headers };
}

/** The packet captures of the folder, by path with `/`. */
async function captures(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((entry) => entry.isFile() && /\.pcapng$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
}

async function send(
  { status, type, body, headers }: Answer,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const octets = typeof body === 'string' ? Buffer.byteLength(body) : body.octets;
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': octets,
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...headers,
  });
  if (request.method === 'HEAD') response.end();
  else if (typeof body === 'string') response.end(body);
  else await pipeline(createReadStream(body.file, { end: Math.max(0, octets - 1) }), response);
}
