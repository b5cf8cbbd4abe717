import type { Check } from '../../harness/model.js';
import { behindRefusal, common } from './second-request.js';

export default {
  ...common,
  title: 'A refused upgrade leaves no tunnel behind',
  requirement:
    'A connection is switched by the 101 of the server and by nothing else: what follows a refused handshake is read as HTTP.',
  run: (probe) => behindRefusal(probe, { options: { change: { 'Sec-WebSocket-Version': '777' } } }),
} satisfies Check;
