import type { Check } from '../../harness/model.js';
import { staysUp } from '../engine-io/stays-up.js';
import { atSockJs } from './recognised.js';

export default {
  title: 'A SockJS server survives an upgrade of what is no WebSocket',
  requirement: 'A handshake for a path of another transport is refused, and ends nothing but itself.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-248',
  refs: ['https://nvd.nist.gov/vuln/detail/CVE-2020-7693'],
  judges: 'endpoint',
  reach: 'crash',
  budget: { connections: 20 },
  why: 'An error that nobody catches ends the process, and with it everybody’s connection: one request from anybody is enough.',
  remedy:
    'Let only upgrades of /websocket through to SockJS: sockjs-node comes down over others in its last version too.',
  fixes: { sockjs: "server.prependListener('upgrade', (_, socket) => socket.on('error', () => {}));" },

  run: (probe) =>
    atSockJs(probe, ({ prefix, transport }) => {
      const upgrade =
        (path: string, method = 'GET') =>
        async () => {
          const { peer } = await probe.dial({ path, method, answerMs: 500 });
          // The answer may come in pieces, and what is wrong behind the first.
          await peer?.farewell(200);
        };
      return staysUp(probe, {
        'an upgrade of /info': upgrade(`${prefix}/info`),
        'an upgrade of /iframe.html': upgrade(`${prefix}/iframe.html`),
        'an upgrade of /xhr': upgrade(transport('xhr'), 'POST'),
        'an upgrade of /jsonp': upgrade(transport('jsonp?c=wsgauntlet')),
        'an upgrade of /eventsource': upgrade(transport('eventsource')),
      });
    }),
} satisfies Check;
