import type { Check } from '../../harness/model.js';
import { atEngineIo } from './recognised.js';
import { staysUp } from './stays-up.js';

/** Engine.IO ends a handshake that nobody has taken after a second. */
const DROPPED_MS = 2500;

export default {
  title: 'An Engine.IO server survives the reset of a handshake that is not for it',
  requirement: 'A connection that is reset ends nothing but itself.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-248',
  refs: ['https://github.com/socketio/engine.io/security/advisories/GHSA-r7qp-cfhv-p84w'],
  judges: 'endpoint',
  reach: 'crash',
  why: 'The error of that connection is caught by nobody and ends the process, and with it everybody’s connection (CVE-2022-41940).',
  remedy: 'Update engine.io to 6.2.1, 3.6.1 or later (socket.io 4.5.4, 2.5.0).',
  run: (probe) =>
    atEngineIo(probe, () =>
      staysUp(probe, {
        'a reset of a handshake for another path': async () => {
          const { peer } = await probe.dial({ path: '/wsgauntlet', answerMs: DROPPED_MS });
          peer?.reset();
        },
        'a reset of one that was sent octets after the server had ended it': async () => {
          const { peer } = await probe.dial({ path: '/wsgauntlet', answerMs: DROPPED_MS });
          peer?.send(Buffer.from('late'));
          peer?.reset();
        },
      }),
    ),
} satisfies Check;
