import { tokensOf } from '../../protocol/index.js';
import type { Behaviour } from '../behaviour.js';

/** What shared caches may keep for a minute, the same for everybody; and at the same URL, a WebSocket. */
const cache: Behaviour = (talk) => {
  if (tokensOf(talk.request, 'upgrade').includes('websocket')) return void talk.upgrade();
  const fields = [
    ['Content-Type', 'text/plain'],
    ['Cache-Control', 'public, max-age=60'],
    ['Date', new Date().toUTCString()],
  ] as const;
  talk.answer(200, fields, 'genuine\n');
};
export default cache;
