import type { Check } from '../../harness/model.js';
import { survives } from './survive.js';

export default {
  title: 'Messages that come down alone keep the connection open',
  requirement:
    'A connection over which only the server sends, more often than the shortest idle cut, is not cut.',
  severity: 'medium',
  refs: ['RFC 6455 §1.2'],
  why: 'Feeds flow one way. A hop that counts only what the client sends takes a busy feed for a silent connection.',
  remedy:
    'Let any octet in either direction restart the idle timer of the hop that cuts, or have the client ping.',
  run: (probe) =>
    survives(probe, {
      mode: 'one-way-down',
      what: 'a message of the server',
      path: (everyMs) => `/push?every=${everyMs}`,
    }),
} satisfies Check;
