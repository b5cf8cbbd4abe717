import type { Check } from '../../harness/model.js';
import { afterRefusal } from './after-refusal.js';
import { common } from './tunnel.js';

export default {
  ...common,
  title: 'An upgrade that is refused for its version leaves no tunnel behind',
  requirement:
    'A hop switches to another protocol only when the server has answered 101: what a client sends after another answer is the next request, and is read as one.',
  refs: [
    'RFC 9110 §7.8',
    'RFC 6455 §4.4',
    'https://github.com/0ang3el/websocket-smuggle',
    'https://datatracker.ietf.org/doc/draft-ietf-httpbis-optimistic-upgrade/',
  ],
  run: (probe) => afterRefusal(probe, { change: { 'Sec-WebSocket-Version': '777' } }, { byHop: true }),
} satisfies Check;
