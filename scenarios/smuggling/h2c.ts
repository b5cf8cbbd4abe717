import type { Probe, Verdict } from '../../harness/model.js';
import { show, valueOf } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { isBusy } from '../judging/seen.js';

const EXPECTED = 'no 101 that switches to h2c';

/** Asks for HTTP/2 in clear (RFC 7540 §3.2), which RFC 9113 has done away with. */
export async function mustNotSwitch(probe: Probe, upgrade: string): Promise<Verdict> {
  await probe.acquaintance();
  const made = await probe.dial({
    change: {
      Upgrade: upgrade,
      Connection: 'Upgrade, HTTP2-Settings',
      'HTTP2-Settings': 'AAMAAABkAAQAoAAAAAIAAAAA',
    },
  });
  const chosen = made.answer && valueOf({ fields: made.answer.headers }, 'Upgrade');
  if (made.handshake === 'accepted' && /\bh2c\b/i.test(chosen ?? ''))
    return fail(EXPECTED, `"Upgrade: ${upgrade}" was answered with 101 and "Upgrade: ${show(chosen!)}"`, {
      blame: probe.suspect(),
    });
  if (made.handshake === 'accepted')
    return pass(`switched to ${show(chosen ?? 'something unnamed')}, not to h2c`);
  if (!made.answer) return skip(`such a request got no answer: ${made.failure}`);
  if (isBusy(made)) return skip(`the server has too much to do to tell: ${made.answer.status}`);
  return pass(`answered with ${made.answer.status}`);
}

/** What these checks have in common. Whether who switches reads the HTTP/2 itself, as lighttpd does, cannot be seen from outside. */
export const common = {
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-444',
  refs: ['RFC 9110 §7.8', 'RFC 9113 §3.1'],
  judges: 'endpoint',
  why: 'A hop that passes "Upgrade: h2c" on tunnels HTTP/2 that it does not read: every path of the server is in reach, past the rules of the hop. A server that nothing stands before, and that reads the HTTP/2 itself, gives nothing away by it.',
  remedy:
    'Let Upgrade through where its value is websocket, and nothing else; and switch h2c off at servers.',
  fixes: {
    nginx:
      'map $http_upgrade $upgrade { default ""; ~*^websocket$ websocket; }\nproxy_set_header Upgrade $upgrade;',
    haproxy: 'http-request del-header upgrade unless { req.hdr(upgrade) -m str -i websocket }',
  },
} as const;
