import type { Check } from '../../harness/model.js';
import { farEnd } from '../../harness/origins/far-end.js';
import { pass, skip, warn } from '../../harness/verdict.js';

export default {
  title: 'The client says by SNI whom it wants to talk to',
  requirement: 'Clients MUST use the Server Name Indication extension in the TLS handshake.',
  severity: 'low',
  judges: 'client',
  refs: ['RFC 6455 §4.1', 'RFC 6066 §3'],
  why: 'Without the name a server of several tenants shows the certificate of another one, and hops that route by name have nothing to route by.',
  remedy: 'Set the servername of the TLS connection to the host of the URL.',
  async run(probe) {
    const far = probe.own(await farEnd(probe.authority, { certificate: 'good' }));
    const session = probe.own(await probe.client.open(far.route, { path: '/echo', signal: probe.signal }));
    const sighting = far.sightings.find(({ head }) => head !== undefined);
    if (!sighting)
      return skip(`no baseline here: the client sent no request: ${session.failure ?? 'no reason given'}`);
    const { servername } = sighting;
    if (servername === far.route.servername) return pass(`asked for ${servername}`);
    const actual = servername ? `asked for ${servername}` : 'asked for no name';
    return warn(`the client ${actual}`, {
      expected: `asked for ${far.route.servername}`,
      actual,
      blame: 'client',
    });
  },
} satisfies Check;
