import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { FOREIGN, sharedWith } from './foreign.js';
import { ask, atEngineIo, openIn } from './recognised.js';

export default {
  title: 'The polling side of an Engine.IO endpoint has the Origin policy of its WebSocket side',
  requirement: 'An origin that is refused over WebSocket is refused over HTTP long-polling.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-942',
  refs: ['RFC 6455 §10.2', 'https://socket.io/docs/v4/handling-cors/'],
  judges: 'endpoint',
  why: 'The Origin check of the WebSocket handshake is worth nothing where the same session is had by plain requests.',
  remedy: 'Check the Origin for all transports in one place.',
  fixes: {
    'socket.io':
      'new Server(httpServer, { cors: { origin: ORIGINS }, allowRequest: (req, done) => done(null, ORIGINS.includes(req.headers.origin)) })',
  },
  run: (probe) =>
    atEngineIo(
      probe,
      async ({ path, version }) => {
        const knock = await probe.knock({ change: { Origin: FOREIGN } });
        if (knock.reception === 'accepted')
          return skip('its WebSocket side takes a foreign Origin too, which the checks of origin/ judge');
        if (knock.reception !== 'refused' && knock.reception !== 'late')
          return skip(`it cannot be told what its WebSocket side does with a foreign Origin: ${knock.told}`);
        const query = { EIO: String(version), transport: 'polling' };
        const headers = [['Origin', FOREIGN]] as const;
        const answer = await ask(probe, path(query), { headers });
        const given = answer.status === 200 && openIn(answer.body) !== undefined;
        if (!given)
          return pass(
            `refused over WebSocket (${knock.told}) and over HTTP (${answer.status ?? answer.failure})`,
          );
        const expected = 'a refusal, as over WebSocket';
        if (sharedWith(answer, FOREIGN))
          return fail(expected, 'a session over HTTP, which a foreign page may read');
        const script = version < 4 ? await ask(probe, path({ ...query, j: '0' }), { headers }) : undefined;
        if (script?.status === 200 && /^\s*___eio\[0\]/.test(script.body))
          return fail(expected, 'a session by JSONP, which any page may read');
        return warn('a session over HTTP for a foreign Origin, whose page may not read it', {
          severity: 'low',
          expected,
          actual: 'a session',
        });
      },
      { polling: true },
    ),
} satisfies Check;
