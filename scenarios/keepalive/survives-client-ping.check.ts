import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { survives } from './survive.js';

export default {
  title: 'A ping of the client keeps the connection open',
  requirement: 'A connection over which the client pings more often than the shortest idle cut is not cut.',
  severity: 'medium',
  refs: ['RFC 6455 §5.5.2'],
  why: 'A ping is what keepalives of WebSocket are made of. A hop that cuts while pings and pongs flow leaves nothing but traffic of the application itself.',
  remedy: 'Let any octet in either direction restart the idle timer of the hop that cuts.',
  run: (probe) =>
    survives(probe, {
      mode: 'client-ping',
      what: 'a ping of the client',
      act: (peer) => peer.send(frame({ opcode: 'ping', payload: 'keepalive', mask: true })),
    }),
} satisfies Check;
