import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { pass, skip, warn } from '../../harness/verdict.js';

export default {
  title: 'The client says by SNI whom it wants to talk to',
  requirement: 'Clients MUST use the Server Name Indication extension in the TLS handshake.',
  severity: 'low',
  judges: 'client',
  lures: true,
  refs: ['RFC 6455 §4.1', 'RFC 6066 §3'],
  why: 'Without the name a server of several tenants shows the certificate of another one, and hops that route by name have nothing to route by.',
  remedy: 'Set the servername of the TLS connection to the host of the URL.',
  async run(probe) {
    await using caught = await probe.lure({ certificate: 'good', serve: (visit) => visit.accept() });
    const { visit } = caught;
    if (!visit) return skip(`no baseline here: the client sent no request: ${show(caught.failure)}`);
    const { servername } = visit;
    if (servername === caught.name) return pass(`asked for ${servername}`);
    const actual = servername ? `asked for ${show(servername)}` : 'asked for no name';
    return warn(`the client ${actual}`, {
      expected: `asked for ${caught.name}`,
      actual,
      blame: 'client',
    });
  },
} satisfies Check;
