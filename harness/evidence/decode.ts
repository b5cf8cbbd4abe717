import {
  checkDeflateAnswer,
  DEFLATE,
  type DeflateTerms,
  type Offer,
  ProtocolFault,
  parseExtensions,
  valueOf,
} from '../protocol/index.js';
import { looksLikeTls, readClientHello } from './client-hello.js';
import type { Crossing, Exchange, Talk } from './crossing.js';
import { readExchanges } from './exchanges.js';
import { readFrames } from './frames.js';
import { gatherMessages } from './messages.js';
import type { Side } from './side.js';
import { Stream } from './stream.js';

/** Tunnels in tunnels that are looked into. */
const DEEPEST = 4;
const HTTP2 = 'PRI * HTTP/2.0\r\n';

/** What crossed; never throws for what it was. */
export function decode(side: Side): Crossing {
  const streams = { up: new Stream('up', side.up), down: new Stream('down', side.down) };
  return read({ side, streams, plain: false, start: { up: 0, down: 0 }, depth: 0 });
}

interface Reading {
  side: Side;
  streams: { up: Stream; down: Stream };
  plain: boolean;
  start: { up: number; down: number };
  depth: number;
}

function read(reading: Reading): Crossing {
  const { side, plain, start } = reading;
  const { up, down } = reading.streams;
  const bare = { side, plain, octets: reading.streams, start, exchanges: [], opaque: {} };
  if (up.length <= start.up && down.length <= start.down) return { ...bare, protocol: 'nothing' };

  const beginning = up.from(start.up);
  if (looksLikeTls(beginning)) return readTls(reading, bare);
  if (Buffer.from(beginning.subarray(0, HTTP2.length)).toString('latin1') === HTTP2) {
    return { ...bare, protocol: 'http2', opaque: start };
  }
  const { exchanges, became, ...rest } = readExchanges(up, down, start);
  const here = { ...bare, exchanges };
  if (became === 'websocket') {
    const terms = termsOf(exchanges.at(-1)!);
    const { clientBits, clientTakeover, serverBits, serverTakeover } = terms ?? {};
    const talk = (stream: Stream, from: number, bits?: number, takeover?: boolean): Talk => {
      const { frames, unread } = readFrames(stream, from);
      const messages = gatherMessages(frames, terms && { bits, takeover });
      const close = messages.find(({ kind }) => kind === 'close');
      return { frames, messages, ...(close && { close }), ...(unread && { unread }) };
    };
    const socket = {
      up: talk(up, rest.up, clientBits, clientTakeover),
      down: talk(down, rest.down, serverBits, serverTakeover),
    };
    return { ...here, protocol: 'websocket', socket };
  }
  if (became === 'tunnel' && reading.depth < DEEPEST) {
    const inner = read({ ...reading, start: rest, depth: reading.depth + 1 });
    return { ...here, protocol: 'tunnel', inner };
  }
  const opaque = {
    ...(rest.up < up.length && { up: rest.up }),
    ...(rest.down < down.length && { down: rest.down }),
  };
  return { ...here, opaque, protocol: became || exchanges.length === 0 ? 'opaque' : 'http' };
}

function readTls(reading: Reading, bare: Omit<Crossing, 'protocol'>): Crossing {
  const { side, start, depth, streams } = reading;
  const hello = readClientHello(streams.up, start.up);
  const tls: Crossing = { ...bare, protocol: 'tls', opaque: start, ...(hello && { hello }) };
  if (!side.plain || reading.plain || depth >= DEEPEST) return tls;
  const inside = { up: new Stream('up', side.plain.up), down: new Stream('down', side.plain.down) };
  const from = { up: 0, down: 0 };
  return { ...tls, inner: read({ side, streams: inside, plain: true, start: from, depth: depth + 1 }) };
}

/** What was agreed on for compression, if anything. */
function termsOf({ request, response }: Exchange): DeflateTerms | undefined {
  const offers = offersOf(request?.head);
  const answer = offersOf(response?.head).find(({ name }) => name === DEFLATE);
  if (!answer) return undefined;
  for (const offer of offers.filter(({ name }) => name === DEFLATE)) {
    try {
      return checkDeflateAnswer(offer, answer);
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
    }
  }
  return undefined;
}

function offersOf(head: Parameters<typeof valueOf>[0] | undefined): Offer[] {
  try {
    return parseExtensions((head && valueOf(head, 'Sec-WebSocket-Extensions')) ?? '');
  } catch (fault) {
    if (fault instanceof ProtocolFault) return [];
    throw fault;
  }
}
