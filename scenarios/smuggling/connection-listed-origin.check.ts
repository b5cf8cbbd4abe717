import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';

const FOREIGN = 'https://attacker.example';
const EXPECTED = 'refused, as the same Origin is where Connection does not list it';

export default {
  title: 'Listing Origin in Connection does not get it past the check',
  requirement:
    'A sender MUST NOT list in Connection a field that is meant for all recipients, and a hop that removes what is listed must not let the rest through as if it had never been there.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-444',
  refs: ['RFC 9110 §7.6.1', 'RFC 6455 §10.2'],
  judges: 'endpoint',
  why: 'A hop removes the fields that Connection lists. A server that takes a handshake without Origin for one of a program, not of a page, then lets in what it would have refused.',
  remedy:
    'At the hop, do not honour Connection for fields that the server decides by: set Connection yourself. At the server, take a missing Origin for a foreign one where browsers are the clients.',
  fixes: { nginx: 'proxy_set_header Connection "upgrade";\nproxy_set_header Origin $http_origin;' },
  async run(probe) {
    const usual = await probe.knock({ change: { Origin: FOREIGN } });
    if (usual.reception === 'accepted')
      return skip('a foreign Origin is let in here anyway, so there is nothing to get past');
    if (usual.reception === 'unclear')
      return skip(`whether a foreign Origin is refused here is not clear: ${usual.told}`);
    const listed = await probe.knock({ change: { Origin: FOREIGN, Connection: 'Upgrade, Origin' } });
    if (listed.reception === 'accepted') {
      return fail(
        EXPECTED,
        `a foreign Origin is ${usual.told}, and with "Connection: Upgrade, Origin" it is let in`,
        {
          blame: probe.suspect(),
        },
      );
    }
    if (listed.reception === 'unclear') return skip(`no telling whether it was let in: ${listed.told}`);
    return pass(`${listed.told}, with Origin listed in Connection and without`);
  },
} satisfies Check;
