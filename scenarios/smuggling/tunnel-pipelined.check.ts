import type { Check } from '../../harness/model.js';
import { behindRefusal, common } from './second-request.js';

export default {
  ...common,
  title: 'What is sent in one write with a refused upgrade is not passed on unread',
  requirement: 'A hop passes on octets behind a request for an upgrade only once the answer is 101.',
  run: (probe) =>
    behindRefusal(probe, { options: { change: { 'Sec-WebSocket-Version': '777' } }, together: true }),
} satisfies Check;
