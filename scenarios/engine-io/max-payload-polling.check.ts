import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { ask, atEngineIo, session } from './recognised.js';

const MOST = 2_000_000;

export default {
  title: 'An Engine.IO server takes no more by HTTP than the maxPayload that it announces',
  requirement: 'maxPayload: the maximum number of bytes per chunk, used by the client to aggregate packets.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-770',
  refs: ['https://socket.io/docs/v4/engine-io-protocol/#handshake', 'RFC 9110 §15.5.14'],
  judges: 'endpoint',
  budget: { octets: MOST + 100_000 },
  why: 'Each request body is held in memory until it is whole; without a limit one client takes as much as it likes.',
  remedy: 'Set maxHttpBufferSize to what the application needs, and limit bodies at the proxy too.',
  fixes: {
    'socket.io': 'new Server(httpServer, { maxHttpBufferSize: 100_000 })',
    nginx: 'client_max_body_size 100k;',
  },
  run: (probe) =>
    atEngineIo(
      probe,
      async (endpoint) => {
        const { maxPayload } = endpoint.open;
        if (maxPayload === undefined) return skip('it announces no maxPayload');
        if (maxPayload > MOST)
          return warn(`it announces ${maxPayload} octets, more than is sent here to try it`);
        const post = async (body: string) => {
          const own = await session(probe, endpoint);
          if (!own) return undefined;
          const path = endpoint.path({ EIO: '4', transport: 'polling', sid: own.sid });
          const headers = [['Content-Type', 'text/plain;charset=UTF-8']] as const;
          return ask(probe, path, { method: 'POST', headers, body });
        };
        const small = await post('40');
        if (small?.status !== 200) return skip(`a small body is answered with ${small?.status ?? 'nothing'}`);
        const answer = await post(`4${'x'.repeat(maxPayload)}`);
        if (!answer) return skip('no second session was given');
        const { status, handshake } = answer;
        const expected = `413, or the connection's end, for ${maxPayload + 1} octets`;
        if (handshake === 'no-answer')
          return warn('no answer to a body over the limit', { expected, actual: 'no answer' });
        if (status !== undefined && status < 400) return fail(expected, `answered with ${status}`);
        if (status !== undefined && status >= 500)
          return warn(`answered with ${status}`, { expected, actual: `${status}` });
        return pass(status === undefined ? 'the connection was ended' : `refused with ${status}`, {
          measured: { maxPayload },
        });
      },
      { polling: true },
    ),
} satisfies Check;
