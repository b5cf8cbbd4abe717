import type { Check } from '../../harness/model.js';
import { fail, pass, warn } from '../../harness/verdict.js';
import { credentialsOf } from '../judging/credentials.js';
import { FOREIGN, sharedWith } from './foreign.js';
import { ask, atEngineIo } from './recognised.js';

export default {
  title: 'The polling side of an Engine.IO endpoint does not let any page in with its user’s credentials',
  requirement:
    'Access-Control-Allow-Credentials goes with an Access-Control-Allow-Origin that is meant, and not with whatever Origin asked.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-942',
  refs: ['https://fetch.spec.whatwg.org/#http-cors-protocol', 'https://socket.io/docs/v4/handling-cors/'],
  judges: 'endpoint',
  why: 'A page that the victim visits opens a session over HTTP with their cookies, and reads and sends what they may.',
  remedy: 'List the origins that are meant.',
  fixes: {
    'socket.io': "new Server(httpServer, { cors: { origin: ['https://app.example'], credentials: true } })",
  },
  run: (probe) =>
    atEngineIo(
      probe,
      async ({ path, version }) => {
        const ambient = credentialsOf(probe.target, probe.route).some((one) => one.ambient);
        for (const origin of [FOREIGN, 'null']) {
          const target = path({ EIO: String(version), transport: 'polling' });
          const answer = await ask(probe, target, { headers: [['Origin', origin]] });
          const shared = sharedWith(answer, origin);
          if (shared === 'with credentials')
            return fail(
              'no Access-Control-Allow-Origin, or one that is meant',
              `Origin: ${origin} is allowed, with credentials (HTTP ${answer.status})`,
              { severity: ambient ? 'high' : 'medium' },
            );
          if (shared === 'without credentials')
            return warn(`any page may talk to it over HTTP, without credentials (Origin: ${origin})`, {
              severity: 'low',
            });
        }
        return pass('foreign origins are not allowed to read its answers');
      },
      { polling: true },
    ),
} satisfies Check;
