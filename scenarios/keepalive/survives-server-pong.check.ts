import type { Check } from '../../harness/model.js';
import { survives } from './survive.js';

export default {
  title: 'An unsolicited pong of the server keeps the connection open',
  requirement: 'A Pong frame MAY be sent unsolicited; this serves as a unidirectional heartbeat.',
  severity: 'low',
  refs: ['RFC 6455 §5.5.3'],
  why: 'A server that sends pongs instead of pings keeps the path busy without asking its clients for anything.',
  remedy: 'Let any octet in either direction restart the idle timer of the hop that cuts, or ping instead.',
  run: (probe) =>
    survives(probe, {
      mode: 'server-pong',
      what: 'an unsolicited pong of the server',
      path: (everyMs) => `/pong?every=${everyMs}`,
    }),
} satisfies Check;
