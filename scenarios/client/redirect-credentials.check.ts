import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { redirected } from './redirected.js';
import { blame } from './shown.js';

export default {
  title: 'The client takes no credentials to another origin that it is redirected to',
  requirement:
    'User agents that follow a redirect automatically consider for each field that the application has set whether it belongs to the new target; those that carry credentials do not belong to another origin.',
  severity: 'high',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-601',
  refs: ['RFC 9110 §15.4', 'RFC 6455 §4.1'],
  why: 'Whoever can make the server redirect (an open redirect, a hijacked path) is sent the session or the token.',
  remedy:
    'Follow no redirects of handshakes, or drop Authorization, Cookie and the like where host, port or scheme differ.',
  fixes: {
    ws: 'new WebSocket(url, { followRedirects: false })',
  },
  async run(probe) {
    const told: string[] = [];
    for (const scheme of ['ws', 'http'] as const) {
      const went = await redirected(probe, { scheme });
      if (went === undefined) return skip('the client did not come');
      const { carried, followed, had } = went;
      const measured = { followed, credentials: had.length };
      if (carried.length > 0) {
        const actual = `${carried.join(', ')} went to another origin with the redirect`;
        return fail('no credentials at the other origin', actual, { blame, measured });
      }
      if (followed && had.length === 0)
        return warn(
          'it followed a redirect to another origin; whether credentials go with it cannot be told, since it sends none',
          {
            expected: 'no redirect followed, or credentials in the handshake to judge by',
            blame,
            measured,
          },
        );
      told.push(
        followed ? `followed ${scheme}://, without ${had.join(', ')}` : `did not follow ${scheme}://`,
      );
    }
    return pass(told.join('; '));
  },
} satisfies Check;
