import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { atEngineIo } from './recognised.js';
import { type Attempts, staysUp } from './stays-up.js';

/** Messages that versions of Engine.IO and Socket.IO came down over, or might. */
const PACKETS: Readonly<Record<string, string>> = {
  'an event whose name is an object': '42[{"toString":"x"}]',
  'an event named error': '42["error",{}]',
  'an event named __proto__': '42["__proto__",{"__proto__":{"polluted":1}}]',
  'an event whose attachment is numbered splice': '451-["x",{"_placeholder":true,"num":"splice"}]',
  'an event without a name': '42[]',
  'an event that is no array': '42{"length":1e9}',
  'a packet of an unknown Socket.IO type': '49[]',
  'a packet of an unknown Engine.IO type': 'z',
  'an acknowledgement that nobody waits for': '4399999999999999999999[]',
  'a connect to a namespace that is no name': '40/__proto__,{"__proto__":1}',
};

export default {
  title: 'A Socket.IO server survives packets that are malformed',
  requirement: 'A packet that cannot be understood ends at most its own connection.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-248',
  refs: [
    'https://github.com/advisories/GHSA-cqmj-92xf-r6r9',
    'https://github.com/advisories/GHSA-25hc-qcg6-38wj',
    'https://github.com/advisories/GHSA-qm95-pgcg-qqfq',
  ],
  judges: 'endpoint',
  reach: 'crash',
  budget: { connections: 24 },
  why: 'An exception that nobody catches ends the process, and with it everybody’s connection: one message from anybody is enough.',
  remedy: 'Update socket.io and socket.io-parser.',
  run: (probe) =>
    atEngineIo(
      probe,
      () =>
        staysUp(
          probe,
          Object.fromEntries(
            Object.entries(PACKETS).map(([name, payload]) => [
              name,
              async () => {
                const peer = await probe.meet();
                peer.send(frame({ opcode: 'text', payload, mask: true }));
                peer.send(frame({ opcode: 'binary', payload: 'attached', mask: true }));
                await probe.lives(peer, 300);
                await peer[Symbol.asyncDispose]();
              },
            ]),
          ) satisfies Attempts,
        ),
      { socketIo: true },
    ),
} satisfies Check;
