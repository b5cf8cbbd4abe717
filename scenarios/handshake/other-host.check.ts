import type { Check } from '../../harness/model.js';
import { skip } from '../../harness/verdict.js';
import { mustRefuse } from '../opening/refused.js';
import { absolute, isAbsolute } from './absolute.js';

export default {
  title: 'A target for another host is refused',
  requirement:
    'When an origin server receives a request with an absolute-form of request-target, the origin server MUST ignore the received Host header field (if any) and instead use the host information of the request-target; a server ought to answer 421 (Misdirected Request) where that is not its own.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-436',
  refs: ['RFC 9112 §3.2.2', 'RFC 9110 §7.4'],
  judges: 'endpoint',
  why: 'A hop goes by the host of the target and the server by Host, or the other way round: the request is guarded as one site’s and served as another’s. A server that serves any name also serves a name that an attacker’s DNS gives it.',
  remedy: 'Serve the names that are yours, and answer 421 or 400 to others, whichever field they stand in.',
  fixes: {
    ws: "verifyClient: ({ req }, done) => done(new URL(req.url, 'http://' + req.headers.host).host === req.headers.host, 421)",
  },
  async run(probe) {
    if (isAbsolute(probe)) return skip('the proxy on the way is asked by a whole URL anyway');
    const { verdict } = await mustRefuse(probe, {
      options: absolute(probe, 'other.invalid'),
      right: absolute(probe),
      expected: '421 or 400',
      weak: 'the target named another host than Host, and it was served all the same',
    });
    return verdict;
  },
} satisfies Check;
