import type { Check } from '../../harness/model.js';
import { common, handshakeAfter } from './handshake-after.js';

export default {
  ...common,
  title: 'A refusal is not kept for the next handshake',
  requirement:
    'A refused handshake is the answer to that request alone: a later one of the same URL is judged by itself.',
  why: 'One bad handshake of an attacker’s refuses all good ones, for as long as the refusal is kept.',
  run: (probe) =>
    handshakeAfter(probe, 'a handshake of version 777', { change: { 'Sec-WebSocket-Version': '777' } }),
} satisfies Check;
