import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { atEngineIo, session } from './recognised.js';
import { probed, upgraded } from './upgrade.js';

export default {
  title: 'An Engine.IO session is upgraded in the version of the protocol that it was opened in',
  requirement: 'The version that a request names is that of its session.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-20',
  refs: ['https://socket.io/docs/v4/engine-io-protocol/'],
  judges: 'endpoint',
  why: 'One session is then written by one parser and read by another, which do not agree about what a packet is.',
  remedy: 'Refuse a request whose EIO is not that of its session; update Engine.IO.',
  run: (probe) =>
    atEngineIo(
      probe,
      async (endpoint) => {
        const { version, path } = endpoint;
        const [control, own] = [await session(probe, endpoint), await session(probe, endpoint)];
        if (!control || !own) return skip('no session was given over HTTP');
        if (!(await upgraded(probe, endpoint, control.sid)))
          return skip('a session of HTTP long-polling is not upgraded to WebSocket here');
        const other = version === 4 ? '3' : '4';
        const made = await probe.dial({ path: path({ EIO: other, transport: 'websocket', sid: own.sid }) });
        const expected = `a refusal of EIO=${other} for a session of EIO=${version}`;
        if (made.handshake !== 'accepted' || !made.peer)
          return pass(`refused: ${made.answer?.status ?? made.handshake}`);
        if (await probed(probe, made.peer)) return fail(expected, 'the session was upgraded');
        return pass('the WebSocket was not let into the session');
      },
      { polling: true },
    ),
} satisfies Check;
