import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { credentialsOf, credentialsTold } from '../judging/credentials.js';
import { whereabouts } from '../judging/whereabouts.js';
import { NONE_GIVEN } from './anonymous.js';

export default {
  title: 'Credentials go over TLS alone',
  requirement:
    'Connection confidentiality and integrity is provided by running the WebSocket Protocol over TLS (wss URIs).',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-319',
  refs: ['RFC 6455 §10.6', 'RFC 7617 §4', 'RFC 6750 §5.3'],
  judges: 'endpoint',
  why: 'Whoever sits on the way reads a password of HTTP Basic, a cookie or a token out of the handshake, and comes back with it.',
  remedy: 'Serve wss:// alone, with Strict-Transport-Security for the pages and Secure for the cookies.',
  fixes: {
    nginx: `server {
  listen 80;
  return 301 https://$host$request_uri;
}`,
  },
  async run(probe) {
    const { target, route } = probe;
    const credentials = credentialsOf(target, route);
    if (credentials.length === 0) return skip(NONE_GIVEN);
    await probe.acquaintance();
    if (/^wss:/i.test(route.url)) return pass('they go over TLS');
    const where = whereabouts(route);
    const actual = `the ${credentialsTold(credentials)} go over ws://`;
    // What stays on the machine passes nobody by.
    const severity = where === 'this machine' ? 'low' : where === 'a private network' ? 'medium' : 'high';
    return fail('wss://', actual, { severity, measured: { reached: where } });
  },
} satisfies Check;
