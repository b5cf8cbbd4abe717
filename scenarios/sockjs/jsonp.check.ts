import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { credentialsOf } from '../judging/credentials.js';
import { ask, atSockJs } from './recognised.js';

export default {
  title: 'A SockJS endpoint gives no session to a script element',
  requirement:
    'What is read with a user’s credentials is not given out as a script, which any page may include.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-346',
  refs: [
    'https://sockjs.github.io/sockjs-protocol/sockjs-protocol-0.3.3.html',
    'https://owasp.org/www-project-web-security-testing-guide/',
  ],
  judges: 'endpoint',
  why: 'Script elements send cookies and no Origin: by JSONP a page of anybody’s reads the session, and no Origin check sees it.',
  remedy: 'Refuse /jsonp, /jsonp_send and /htmlfile before SockJS gets them; no browser of today needs them.',
  fixes: { nginx: 'location ~ ^/sockjs/.*/(jsonp|jsonp_send|htmlfile)$ { return 404; }' },
  run: (probe) =>
    atSockJs(probe, async ({ transport }) => {
      const { status, body, failure } = await ask(probe, transport('jsonp?c=wsgauntlet'), {
        headers: [['Origin', '']],
      });
      const ambient = credentialsOf(probe.target, probe.route).some((one) => one.ambient);
      if (status === 200 && /^\s*(?:\/\*\*\/)?wsgauntlet\(/.test(body))
        return fail('a refusal of JSONP', 'a session by JSONP', { severity: ambient ? 'high' : 'medium' });
      if (status === undefined) return skip(`no answer: ${failure}`);
      return pass(`JSONP opens no session: ${status}`);
    }),
} satisfies Check;
