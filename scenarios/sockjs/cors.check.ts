import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { FOREIGN, sharedWith } from '../engine-io/foreign.js';
import { credentialsOf } from '../judging/credentials.js';
import { ask, atSockJs } from './recognised.js';

export default {
  title: 'The HTTP transports of a SockJS endpoint do not let any page in with its user’s credentials',
  requirement:
    'Access-Control-Allow-Credentials goes with an Access-Control-Allow-Origin that is meant, and not with whatever Origin asked.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-942',
  refs: [
    'https://fetch.spec.whatwg.org/#http-cors-protocol',
    'https://sockjs.github.io/sockjs-protocol/sockjs-protocol-0.3.3.html',
  ],
  judges: 'endpoint',
  why: 'A page that the victim visits opens a session over HTTP with their cookies, and reads and sends what they may.',
  remedy: 'Check the Origin before SockJS does anything: sockjs-node allows every one.',
  fixes: {
    sockjs:
      "server.on('request', (req, res) => { if (req.headers.origin && !ORIGINS.includes(req.headers.origin)) res.writeHead(403).end(); })",
  },
  run: (probe) =>
    atSockJs(probe, async ({ transport }) => {
      const post = (origin: string) =>
        ask(probe, transport('xhr'), { method: 'POST', headers: [['Origin', origin]], body: '' });
      const answer = await post(FOREIGN);
      if (answer.handshake === 'no-answer' || answer.handshake === 'reset')
        return skip(`no answer: ${answer.failure}`);
      if (!answer.body.startsWith('o'))
        return pass(`a foreign Origin is given no session (HTTP ${answer.status})`);
      const shared = sharedWith(answer, FOREIGN);
      const ambient = credentialsOf(probe.target, probe.route).some((one) => one.ambient);
      if (shared === 'with credentials')
        return fail(
          'a refusal, or no Access-Control-Allow-Origin',
          `a session for Origin: ${FOREIGN}, with credentials`,
          {
            severity: ambient ? 'high' : 'medium',
          },
        );
      return shared
        ? warn('any page is given a session, without credentials', { severity: 'low' })
        : pass('a foreign Origin may not read what it is answered');
    }),
} satisfies Check;
