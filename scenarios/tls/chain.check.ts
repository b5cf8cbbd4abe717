import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { chainAt } from './session.js';

export default {
  title: 'The certificate verifies up to a CA that clients trust',
  requirement:
    'If the TLS handshake fails, for instance because the certificate cannot be verified, the client MUST fail the connection.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-295',
  refs: ['RFC 6455 §4.1', 'RFC 5280 §6'],
  judges: 'endpoint',
  why: 'Clients that verify cannot connect; those that were told not to verify take anybody’s certificate, on every network.',
  remedy:
    'Have the certificate signed by a CA that the clients trust, and let the server send the intermediate certificates with it; a CA of your own is named by --ca.',
  fixes: {
    nginx: 'ssl_certificate /path/fullchain.pem; with the intermediate certificates behind the server’s own',
    haproxy: 'bind :443 ssl crt /path/site.pem, with the intermediate certificates behind the server’s own',
    ws: 'https.createServer({ cert: readFileSync("fullchain.pem"), key }), and new WebSocketServer({ server })',
  },
  async run(probe) {
    const found = await chainAt(probe);
    if ('not' in found) return found.not;
    const { session, chain } = found;
    const whom = probe.route.ca === undefined ? 'the public roots' : 'the CA that was given';
    const measured = { issuer: session.issuer, certificates: chain.length };
    if (session.distrust === undefined) return pass(`verified by ${whom}`, { measured });
    const now = Date.now();
    if (chain.some(({ from, to }) => now < from || now > to))
      return skip('a certificate is out of its time, and then nothing can be told of the rest');
    return fail(`a chain that ${whom} verify`, session.distrust, { measured, blame: probe.suspect() });
  },
} satisfies Check;
