import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { atEngineIo, session } from './recognised.js';
import { probed, upgraded } from './upgrade.js';

export default {
  title: 'An Engine.IO session is upgraded to WebSocket once',
  requirement: 'A session whose transport is a WebSocket takes no second one.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-384',
  refs: ['https://socket.io/docs/v4/engine-io-protocol/#upgrade'],
  judges: 'endpoint',
  why: 'Who gets to know the id of a session, from a log or a URL, takes it over while its user is connected.',
  remedy: 'Close a WebSocket that names a session which has been upgraded.',
  run: (probe) =>
    atEngineIo(
      probe,
      async (endpoint) => {
        const own = await session(probe, endpoint);
        if (!own) return skip('no session was given over HTTP');
        const first = await upgraded(probe, endpoint, own.sid);
        if (!first) return skip('a session of HTTP long-polling is not upgraded to WebSocket here');
        const path = endpoint.path({ EIO: String(endpoint.version), transport: 'websocket', sid: own.sid });
        const second = await probe.dial({ path });
        const expected = 'no second WebSocket for the session';
        if (second.handshake !== 'accepted' || !second.peer)
          return pass(`${expected}: ${second.answer?.status ?? second.handshake}`);
        if (await probed(probe, second.peer))
          return fail(expected, 'a second WebSocket was let into the session');
        if (await second.peer.farewell(0)) return pass('the second WebSocket was closed');
        return pass('the second WebSocket stays open, unheard');
      },
      { polling: true },
    ),
} satisfies Check;
