import type { Check, Probe } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { type Tunnel, tunnelTo } from './tunnel-to.js';

/** SSH, SMTP, DNS, POP3 and IMAP: nothing that a browser would want a tunnel to. */
const PORTS = [22, 25, 53, 110, 143];

const EXPECTED = '403 (or another 4xx) without an attempt';

export default {
  title: 'The forward proxy leads nobody to ports of other protocols',
  requirement:
    'Proxies that support CONNECT SHOULD restrict its use to a limited set of known ports or a configurable list of safe request targets.',
  severity: 'high',
  reach: 'intrusive',
  cwe: 'CWE-918',
  kind: 'vulnerability',
  judges: 'either',
  refs: ['RFC 9110 §9.3.6', 'RFC 6455 §4.1'],
  why: 'A tunnel is not looked into. Who may open one to port 25 sends mail in the proxy’s name, and to other ports of the inside he reaches what the firewall was to keep from him.',
  remedy:
    'Squid: "acl SSL_ports port 443", "http_access deny CONNECT !SSL_ports" and "http_access deny !Safe_ports", before anything that allows (it ships so). HAProxy and nginx as they come take no CONNECT. Allow the ports of wss services one by one.',
  async run(probe) {
    const { route } = probe;
    if (route.proxy === undefined) return skip('no forward proxy stands here');
    if (route.method === 'GET' && !route.url.startsWith('wss:')) {
      return skip('the proxy is not asked by CONNECT here, but by GET');
    }
    const tried = await Promise.all(PORTS.map((port) => tunnelTo(probe, port)));
    const measured = Object.fromEntries(tried.map(({ port, what }) => [`connect.${port}`, what]));
    const blame = proxyOf(probe);
    const say = (wanted: Tunnel['what']) =>
      tried
        .filter(({ what }) => what === wanted)
        .map(({ port, status }) => (status === undefined ? `${port}` : `${port} (${status})`))
        .join(', ');
    if (say('opened'))
      return fail(EXPECTED, `a tunnel was opened to port ${say('opened')}`, { measured, blame });
    const own = await probe.dial();
    const page = own.sent === '' ? await probe.http('/status/200') : undefined;
    const useless = page !== undefined && page.status !== 200;
    // Of a proxy that reaches nothing at all, 502 tells nothing of a port.
    if (say('tried') && !(useless && (own.proxyStatus ?? 0) >= 500)) {
      return fail(EXPECTED, `the proxy tried to connect to port ${say('tried')}`, { measured, blame });
    }
    if (useless) {
      return skip(`the proxy does not serve this client at all: ${own.failure ?? own.handshake}`);
    }
    if (say('unclear')) {
      const actual = `no telling whether the proxy tried: port ${say('unclear')} was not refused in so many words`;
      return warn(actual, { measured, expected: EXPECTED, actual, blame });
    }
    const control = page ? 'a GET of the target is served' : 'CONNECT to the target is not refused';
    return pass(`refused: ${say('refused')}; ${control}`, { measured });
  },
} satisfies Check;

const proxyOf = (probe: Probe) => probe.hops.find(({ role }) => role === 'forward')?.name ?? probe.suspect();
