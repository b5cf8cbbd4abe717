import type { Check } from '../../harness/model.js';
import { show, valueOf } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { PAGE } from '../smuggling/second-request.js';

const EXPECTED = 'the page, or a refusal, without anything of the handshake';

export default {
  title: 'A plain GET is not answered with a kept handshake',
  requirement: 'A 101 answers one handshake and no other request; caches do not keep it.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-524',
  refs: ['RFC 6455 §10.3', 'RFC 9111 §3'],
  judges: 'endpoint',
  why: 'A cache that keeps what answered a handshake gives it to everybody who asks for the same URL.',
  remedy: 'Do not cache WebSocket paths.',
  fixes: { nginx: 'proxy_cache_bypass $http_upgrade;\nproxy_no_cache $http_upgrade;' },
  async run(probe) {
    await probe.meet();
    const page = await probe.dial({ change: PAGE });
    if (!page.answer) return skip(`a plain GET of the same URL is not answered: ${page.failure}`);
    const { status, headers } = page.answer;
    const accept = valueOf({ fields: headers }, 'Sec-WebSocket-Accept');
    if (status === 101)
      return fail(EXPECTED, 'a plain GET was answered with 101', { blame: probe.suspect() });
    if (accept !== undefined)
      return fail(
        EXPECTED,
        `a plain GET was answered with ${status} and Sec-WebSocket-Accept: ${show(accept)}`,
        {
          blame: probe.suspect(),
        },
      );
    return pass(`a plain GET of the same URL was answered with ${status}`);
  },
} satisfies Check;
