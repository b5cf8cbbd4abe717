import type { Check, Probe } from '../../harness/model.js';
import { redact } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { overTls } from '../wss/route.js';

export default {
  title: 'Nothing secret travels in clear',
  requirement:
    'Connection confidentiality and integrity is provided by running the WebSocket Protocol over TLS (wss URIs).',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-319',
  refs: ['RFC 6455 §10.6', 'OWASP WebSocket Security Cheat Sheet'],
  judges: 'endpoint',
  why: 'Everybody on the way reads messages, cookies and tokens, and writes into the connection what they like.',
  remedy: 'Serve wss, and answer ws with a refusal.',
  fixes: {
    nginx: 'listen 443 ssl; ssl_certificate …; and no location for the WebSocket in the server of port 80',
    ws: 'new WebSocketServer({ server: https.createServer({ cert, key }) })',
  },
  async run(probe) {
    if (overTls(probe)) return pass('over TLS');
    const { hostname } = new URL(probe.route.url);
    if (isHere(hostname)) return skip(`the connection does not leave this machine: ${hostname}`);
    const carried = secretsOf(probe);
    const blame = probe.suspect();
    if (carried.length > 0) return fail('wss', `${carried.join(' and ')} sent by ws`, { blame });
    return warn('messages travel in clear', { expected: 'wss', actual: 'ws', severity: 'medium', blame });
  },
} satisfies Check;

const isHere = (hostname: string): boolean =>
  /^(?:localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/i.test(hostname);

/** What of the user's own handshake is a secret, in words; the secrets themselves stay out. */
function secretsOf({ target }: Probe): string[] {
  const { headers, subprotocols, path } = target;
  const isSecret = (text: string) => redact(text) !== text;
  return [
    ...headers.filter(([name, value]) => isSecret(`${name}: ${value}`)).map(([name]) => `the header ${name}`),
    ...(isSecret(`Sec-WebSocket-Protocol: ${subprotocols.join(', ')}`)
      ? ['a token among the subprotocols']
      : []),
    ...(isSecret(path) ? ['a token in the query'] : []),
  ];
}
