import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { survives } from './survive.js';

export default {
  title: 'An unsolicited pong of the client keeps the connection open',
  requirement: 'A Pong frame MAY be sent unsolicited; this serves as a unidirectional heartbeat.',
  severity: 'low',
  refs: ['RFC 6455 §5.5.3'],
  why: 'Some clients send pongs that nobody asked for instead of pings, to spare the answer. They flow one way only.',
  remedy: 'Let any octet in either direction restart the idle timer of the hop that cuts, or ping instead.',
  run: (probe) =>
    survives(probe, {
      mode: 'unsolicited-pong',
      what: 'an unsolicited pong of the client',
      act: (peer) => peer.send(frame({ opcode: 'pong', mask: true })),
    }),
} satisfies Check;
