import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { redirected } from './redirected.js';
import { blame } from './shown.js';

export default {
  title: 'The client follows no redirect from wss to ws',
  requirement: 'A client that was told to use TLS does not go on without it because a server says so.',
  severity: 'high',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-757',
  refs: ['RFC 6455 §10.6', 'RFC 9110 §15.4'],
  why: 'Everything that is sent from then on, credentials first, can be read and changed on the way, though the user has asked for wss.',
  remedy: 'Refuse redirects to ws: and http: where the URL was wss:.',
  async run(probe) {
    for (const scheme of ['ws', 'http'] as const) {
      const went = await redirected(probe, { scheme, certificate: 'good' });
      if (went === undefined) return skip('the client did not come');
      if (went.followed)
        return fail('the redirect not followed', `it went on to ${scheme}:// in clear`, { blame });
    }
    return pass('followed neither ws:// nor http://');
  },
} satisfies Check;
