import { Deflater } from '../../protocol/index.js';
import { ask, bare, give, type Item, masked } from './path.js';

/** An echo, and then nothing for long. */
export const quiet = {
  client: [
    [0, ask()],
    [100, masked('text', 'one')],
    [9000, 'FIN'],
  ] as Item[],
  origin: [
    [10, give()],
    [110, bare('text', 'one')],
    [9010, 'FIN'],
  ] as Item[],
};

export const deflated = new Deflater({ takeover: false }).deflate(Buffer.from('compressed text'));
const OFFER = 'Sec-WebSocket-Extensions: permessage-deflate\r\n';
export const TERMS = 'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n';
/** Two compressed texts of the origin's, each for itself. */
export const compressing = {
  client: [[0, ask(OFFER.replace('deflate', 'deflate; server_no_context_takeover'))]] as Item[],
  origin: [
    [10, give(TERMS)],
    [100, bare('text', deflated, { rsv: 4 })],
    [200, bare('text', deflated, { rsv: 4 })],
  ] as Item[],
};
