import type { Check } from '../../harness/model.js';
import { survives } from './survive.js';

export default {
  title: 'A ping of the server keeps the connection open',
  requirement: 'A connection over which the server pings more often than the shortest idle cut is not cut.',
  severity: 'medium',
  refs: ['RFC 6455 §5.5.2'],
  why: 'Browsers send no pings by themselves: where the client is a browser, the server has to.',
  remedy: 'Let any octet in either direction restart the idle timer of the hop that cuts.',
  run: (probe) =>
    survives(probe, {
      mode: 'server-ping',
      what: 'a ping of the server',
      path: (everyMs) => `/ping?every=${everyMs}`,
    }),
} satisfies Check;
