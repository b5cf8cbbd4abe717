import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { FOREIGN } from '../engine-io/foreign.js';
import { ask, atSockJs } from './recognised.js';

/** How a session opens over each transport. */
const TRANSPORTS = [
  ['xhr', 'POST', /^o/],
  ['xhr_streaming', 'POST', /^h{10}/],
  ['jsonp?c=cb', 'GET', /^\/\*\*\/cb\("o"\)/],
  ['eventsource', 'GET', /data: o/],
  ['htmlfile?c=cb', 'GET', /parent\.cb/],
] as const;

export default {
  title: 'The HTTP transports of a SockJS endpoint have the Origin policy of its WebSocket',
  requirement: 'An origin that is refused over WebSocket is refused over every other transport.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-942',
  refs: ['RFC 6455 §10.2', 'https://sockjs.github.io/sockjs-protocol/sockjs-protocol-0.3.3.html'],
  judges: 'endpoint',
  budget: { connections: 12 },
  why: 'The Origin check of the WebSocket handshake is worth nothing where the same session is had by plain requests.',
  remedy: 'Check the Origin for all transports in one place, and turn off those that are not needed.',
  run: (probe) =>
    atSockJs(probe, async ({ transport }) => {
      const knock = await probe.knock({ change: { Origin: FOREIGN } });
      if (knock.reception === 'accepted')
        return skip('its WebSocket takes a foreign Origin too, which the checks of origin/ judge');
      if (knock.reception !== 'refused' && knock.reception !== 'late')
        return skip(`it cannot be told what its WebSocket does with a foreign Origin: ${knock.told}`);
      const open: string[] = [];
      for (const [name, method, opened] of TRANSPORTS) {
        const options = {
          method,
          headers: [['Origin', FOREIGN]] as const,
          withinMs: probe.patience.answerMs / 2,
        };
        const { status, body } = await ask(probe, transport(name), options);
        if (status === 200 && opened.test(body)) open.push(name.split('?')[0]!);
      }
      return open.length === 0
        ? pass(`refused over WebSocket (${knock.told}) and over HTTP`)
        : fail('a refusal, as over WebSocket', `a session over ${open.join(', ')} for Origin: ${FOREIGN}`);
    }),
} satisfies Check;
