import type { Check } from '../../harness/model.js';
import { info, pass, warn } from '../../harness/verdict.js';

const STEPS = [50, 50, 50, 50];
const ALL = STEPS.reduce((sum, one) => sum + one);

export default {
  title: 'One client cannot hold hundreds of connections',
  requirement: 'A server bounds how many connections one client may hold.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-770',
  refs: [
    'RFC 6455 §10.4',
    'https://cheatsheetseries.owasp.org/cheatsheets/WebSocket_Security_Cheat_Sheet.html',
  ],
  judges: 'endpoint',
  why: 'Each connection costs the server memory and a file descriptor for as long as the client likes. One that may hold as many as it wants takes them from everybody.',
  remedy:
    'Bound connections by address, or by user once that is known. Clients behind one NAT share an address: leave them room.',
  fixes: {
    nginx: 'limit_conn_zone $binary_remote_addr zone=conn:10m;  …  limit_conn conn 50;',
    haproxy:
      'stick-table type ip size 100k expire 10m store conn_cur\ntcp-request connection track-sc0 src\ntcp-request connection reject if { sc_conn_cur(0) gt 50 }',
  },
  reach: 'intrusive',
  budget: { connections: ALL + 1, atOnce: ALL + 1, octets: 1024 * 1024, seconds: 60 },
  async run(probe) {
    await using _ = await probe.meet();
    let open = 0;
    for (const step of STEPS) {
      const made = await Promise.all(Array.from({ length: step }, () => probe.dial()));
      const refused = made.find(({ conforms }) => !conforms);
      open += made.filter(({ conforms }) => conforms).length;
      if (!refused) continue;
      const how = refused.answer ? `status ${refused.answer.status}` : refused.handshake;
      return pass(`${open} connections of one client were accepted, then ${how}`, {
        measured: { connections: open },
      });
    }
    const measured = { connections: open };
    const told = `${open} connections of one client were accepted, and held`;
    if (open < ALL) return info(told, measured);
    return warn(told, { measured, expected: `a bound below ${ALL}`, actual: told });
  },
} satisfies Check;
