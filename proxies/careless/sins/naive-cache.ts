import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import { parseResponse, splitHead, valueOf } from '../../../harness/protocol/index.js';
import type { MakeSin, Ways, Wire } from '../sin.js';

const MOST = 1_048_576;
const REQUEST = /GET (\S+) HTTP\/1\.[01]\r\n(?:[^\r\n]+\r\n)*?Host: *([^\s]+)\r\n/i;
const ANSWER = /HTTP\/1\.[01] 200 /;

/**
 * A cache that finds pages by Host and path, and takes for a request whatever looks like one: also octets that a
 * client sends after a 101. (Huang et al., "Talking to Yourself for Fun and Profit", W2SP 2011; RFC 6455 §10.3.)
 */
const make: MakeSin = () => {
  const pages = new Map<string, Buffer>();
  const keep = (key: string, page: Buffer) => void (pages.size < 1000 && pages.set(key, page));
  const keyOf = ({ headers, url = '' }: IncomingMessage) => key(headers.host, url);
  return {
    answers(request, response) {
      const page = request.method === 'GET' ? pages.get(keyOf(request)) : undefined;
      if (page) response.writeHead(200, { Age: 1, 'Content-Length': page.length }).end(page);
      return page !== undefined;
    },
    through(request, answer) {
      if (request.method !== 'GET' || answer.statusCode !== 200) return undefined;
      return recorder((page) => keep(keyOf(request), page));
    },
    tunnel: (wire) => eavesdrop(wire, keep),
  };
};
export default make;

function eavesdrop(wire: Wire, keep: (key: string, page: Buffer) => void): Ways {
  let asked: string | undefined;
  let answer = Buffer.alloc(0);
  return {
    up(octets) {
      const [, path, host] = REQUEST.exec(octets.toString('latin1')) ?? [];
      if (path && host) asked = key(host, path);
      wire.toOrigin(octets);
    },
    down(octets) {
      wire.toClient(octets);
      if (asked === undefined || answer.length > MOST) return;
      answer = Buffer.concat([answer, octets]);
      const from = answer.toString('latin1').search(ANSWER);
      const page = from < 0 ? undefined : splitHead(answer.subarray(from));
      if (!page) return;
      const length = Number(valueOf(parseResponse(page.head), 'content-length') ?? page.rest.length);
      if (page.rest.length >= length) keep(asked, Buffer.from(page.rest.subarray(0, length)));
    },
  };
}

/** The mark by which a client finds its own request at the origin does not make another page. */
const key = (host = '', path: string) => host + path.replace(/[?&]gauntlet=\w*/, '');

/** Hands over what went through, once it is whole. */
function recorder(done: (page: Buffer) => void): Transform {
  const chunks: Buffer[] = [];
  let count = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      count += chunk.length;
      if (count <= MOST) chunks.push(chunk);
      next(null, chunk);
    },
    flush(next) {
      if (count <= MOST) done(Buffer.concat(chunks));
      next();
    },
  });
}
