import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { anonymous } from '../judging/credentials.js';
import { isBusy, isRefusal, seen } from '../judging/seen.js';
import { whereabouts } from '../judging/whereabouts.js';
import { noPolicy, policyOf } from './policy.js';

const NAME = 'foreign.example';

export default {
  title: 'Origin is not compared with the Host that the client names',
  requirement:
    'The |Origin| is one that the server expects; that it fits the |Host| of the same request says nothing.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-350',
  refs: ['RFC 6455 §10.2', 'CVE-2018-14732'],
  judges: 'endpoint',
  why: 'The owner of a name can let it resolve to the address of a server of the user’s own network (DNS rebinding). Their page then has the same name in Origin and in Host, and reaches a server that compares the two.',
  remedy: 'Compare Origin with a list, and refuse a Host that is none of the server’s own names.',
  fixes: {
    ws: `const hosts = new Set(['app.example.com']);
// in the handler of the upgrade
if (!hosts.has(request.headers.host)) return socket.end('HTTP/1.1 421 Misdirected Request\\r\\nConnection: close\\r\\n\\r\\n');`,
    nginx:
      'server { listen 80 default_server; return 421; }  # the names that are meant have servers of their own',
    haproxy: 'http-request deny deny_status 421 unless { req.hdr(Host) -i app.example.com }',
  },
  budget: { connections: 12 },
  async run(probe) {
    const policy = await policyOf(probe);
    // Where an origin is given, the server may still let in what fits Host; so none needs to be known here.
    if (policy.foreign.reception === 'accepted' || !isRefusal(policy.foreign))
      return skip(noPolicy(policy) ?? 'it is not clear what becomes of a foreign origin');
    const { port, protocol } = new URL(probe.route.url);
    const host = `${NAME}${port && `:${port}`}`;
    const origin = `${protocol === 'wss:' ? 'https' : 'http'}://${host}`;
    const asked = `Host: ${host} and Origin: ${origin}`;
    const browser = anonymous(probe);
    const came = await seen(probe, { ...browser, change: { ...browser.change, Host: host, Origin: origin } });
    if (isBusy(came) || !(isRefusal(came) || came.reception === 'accepted'))
      return skip(`it is not clear what becomes of ${asked}: ${came.told}`);
    if (came.reception !== 'accepted') return pass(`${asked}: ${came.told}`);
    const expected = `refused, as the foreign origin with the server’s own Host is (${policy.foreign.told})`;
    const actual = `let in with ${asked}`;
    if (whereabouts(probe.route) !== 'everywhere') return fail(expected, actual);
    const why = 'the server can be reached from everywhere, so that rebinding gains nothing';
    return warn(`${actual}; ${why}`, { expected, actual, severity: 'low' });
  },
} satisfies Check;
