import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { survives } from './survive.js';

export default {
  title: 'Messages that go up alone keep the connection open',
  requirement:
    'A connection over which only the client sends, more often than the shortest idle cut, is not cut.',
  severity: 'medium',
  refs: ['RFC 6455 §1.2'],
  why: 'Telemetry flows one way. A hop that counts only what the server sends takes a busy upload for a silent connection.',
  remedy:
    'Let any octet in either direction restart the idle timer of the hop that cuts, or have the server answer.',
  run: (probe) =>
    survives(probe, {
      mode: 'one-way-up',
      what: 'a message of the client, unanswered,',
      path: () => '/sink',
      act: (peer) => peer.send(frame({ opcode: 'text', payload: 'up', mask: true })),
    }),
} satisfies Check;
