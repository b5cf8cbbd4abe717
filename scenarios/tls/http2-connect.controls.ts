import type { Controls } from '../../harness/testing/controls.js';
import { http2Origin } from './testing/http2-origin.js';

export default {
  sound: { origin: http2Origin('WebSocket over HTTP/2', { announce: true, status: 200 }) },
  careless: { origin: http2Origin('HTTP/2 that only announces it', { announce: true, status: 501 }) },
} satisfies Controls;
