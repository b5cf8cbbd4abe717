import type { Controls } from '../../harness/testing/controls.js';
import { answering } from './testing/answering.js';

export default {
  sound: { origin: answering('ws as it comes') },
  careless: {
    origin: answering('tells why', { headers: { 'X-WebSocket-Reject-Reason': 'No session 17 in store' } }),
  },
  caught: 'info',
} satisfies Controls;
