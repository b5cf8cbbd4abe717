import { tokensOf, valueOf } from '../../protocol/index.js';
import type { Behaviour } from '../behaviour.js';
import { overLongPoll } from '../live/long-poll.js';
import { overSse } from '../live/sse.js';
import { numbersIn, streamOf } from '../live/stream.js';
import { overWebSocket } from '../live/websocket.js';

/**
 * `?session=&every=ms&count=`: a numbered stream both ways, by whatever transport the request asks for, each of which
 * can be made to fail (`ws=`, `sse=`, `poll=`). `&state` tells what came in.
 */
const live: Behaviour = (talk) => {
  const { request, url } = talk;
  const stream = streamOf(talk);
  if (url.searchParams.has('state')) {
    const { up, duplicates, gaps, attempts, lastEventIds } = stream;
    return talk.answer(200, [], JSON.stringify({ up, duplicates, gaps, attempts, lastEventIds }));
  }
  if (request.method === 'POST') {
    stream.take(numbersIn(Buffer.from(talk.body).toString()));
    return talk.answer(200);
  }
  if (tokensOf(request, 'upgrade').includes('websocket')) return overWebSocket(talk, stream);
  if (url.searchParams.has('poll')) return overLongPoll(talk, stream);
  if (valueOf(request, 'accept')?.includes('text/event-stream')) return overSse(talk, stream);
  // A handshake whose Upgrade was lost on the way looks like any page.
  return talk.answer(200, [], 'plain\n');
};
export default live;
