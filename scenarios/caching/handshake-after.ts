import { randomBytes } from 'node:crypto';
import type { DialOptions, Knock, Probe, Verdict } from '../../harness/model.js';
import { show, valueOf } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { isBusy } from '../judging/seen.js';

const SIGNS = ['Age', 'X-Cache'] as const;

/** A handshake at a URL that nobody asked for before, once something else was asked of that URL. */
export async function handshakeAfter(probe: Probe, what: string, asked: DialOptions): Promise<Verdict> {
  const { path } = probe.target;
  const fresh = () => `${path}${path.includes('?') ? '&' : '?'}visit=${randomBytes(6).toString('hex')}`;
  const control = await probe.knock({ path: fresh() });
  if (control.reception !== 'accepted')
    return skip(`a query of our own is not taken here (${control.told}), so no URL is fresh`);
  const url = fresh();
  const before = await probe.dial({ ...asked, path: url });
  if (!before.answer) return skip(`${what} got no answer: ${before.failure}`);
  if (before.handshake === 'accepted') return skip(`${what} was accepted with 101`);
  const after = await probe.knock({ path: url });
  if (isBusy(before) || isBusy(after)) return skip('the server has too much to do to tell');
  const shown = `${what} was answered with ${before.answer.status}, and then a handshake of the same URL`;
  if (after.reception === 'accepted') return pass(`${shown} was accepted`);
  const expected = 'the handshake accepted, as it is at a URL that was not asked for before';
  const signs = signsOf(after);
  if (after.reception === 'refused' || after.reception === 'late')
    return fail(expected, `${shown}: ${after.told}${signs}`, { blame: probe.suspect() });
  return skip(`no telling: ${shown}: ${after.told}`);
}

function signsOf({ answer }: Knock): string {
  const found = SIGNS.flatMap((name) => {
    const value = answer && valueOf({ fields: answer.headers }, name);
    return value === undefined ? [] : [`${name}: ${show(value, 40)}`];
  });
  return found.length > 0 ? ` (${found.join(', ')})` : '';
}

/** What these checks have in common. */
export const common = {
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-525',
  refs: ['RFC 6455 §10.3', 'RFC 9111 §4'],
  judges: 'endpoint',
  remedy: 'Do not cache WebSocket paths, and answer refusals with Cache-Control: no-store.',
  fixes: {
    nginx: 'proxy_cache_bypass $http_upgrade;\nproxy_no_cache $http_upgrade;',
    ws: "server.on('upgrade', (request, socket) => socket.end('HTTP/1.1 403 Forbidden\\r\\nCache-Control: no-store\\r\\nConnection: close\\r\\n\\r\\n'));",
  },
} as const;
