import type { Check } from '../../harness/model.js';
import { skip } from '../../harness/verdict.js';
import { absolute, isAbsolute } from './absolute.js';
import { mustAccept } from './accepted.js';

export default {
  title: 'A target that is a whole URL is understood',
  requirement:
    'A server MUST accept the absolute-form in requests even though most HTTP/1.1 clients will only send the absolute-form to a proxy. The resource name of a handshake may be an absolute HTTP/HTTPS URI.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 9112 §3.2.2', 'RFC 6455 §4.2.1'],
  judges: 'endpoint',
  why: 'Clients behind some proxies send it, and are refused as if the path were wrong.',
  remedy: 'Take the path out of the URL before comparing it.',
  async run(probe) {
    if (isAbsolute(probe)) return skip('the proxy on the way is asked by a whole URL anyway');
    return (await mustAccept(probe, absolute(probe))).verdict;
  },
} satisfies Check;
