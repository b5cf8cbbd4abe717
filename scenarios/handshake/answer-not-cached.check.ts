import type { Check, Dial } from '../../harness/model.js';
import { freshKey, show, valueOf } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { told } from '../opening/told.js';

const HITS = [
  'X-Cache',
  'X-Cache-Status',
  'CF-Cache-Status',
  'Cache-Status',
  'X-Proxy-Cache',
  'X-Varnish-Cache',
];

export default {
  title: 'The 101 to a handshake does not come from a cache',
  requirement:
    'A handshake that repeats an earlier one, key and all, is answered by the server and not by a store on the way.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-524',
  refs: ['RFC 6455 §10.3', 'RFC 9111 §3'],
  judges: 'endpoint',
  why: 'What answers from a store has not asked the server: nobody was authenticated, and the connection leads nowhere, or to where it led for somebody else.',
  remedy: 'Keep caches off upgrades: have them pass on what carries Upgrade, and mark the path no-store.',
  fixes: { nginx: 'proxy_cache off;' },
  async run(probe) {
    const change = { 'Sec-WebSocket-Key': freshKey() };
    await probe.meet();
    const first = await probe.dial({ change });
    if (first.handshake !== 'accepted') return skip(`no baseline here: ${told(first)}`);
    const second = await probe.dial({ change });
    const stored = signOfStore(second);
    if (second.handshake !== 'accepted')
      return stored === undefined
        ? skip(`the same handshake is not accepted twice: ${told(second)}`)
        : warn(`the answer to the second is ${told(second)}, from a store: ${stored}`, { severity: 'low' });
    if (stored === undefined) return pass('accepted twice, and nothing says that a store answered');
    const extras = { measured: { stored }, blame: probe.suspect() };
    if (second.peer && (await probe.lives(second.peer)))
      return warn(`the 101 says that it is from a store (${stored}), but the connection works`, {
        ...extras,
        severity: 'low',
      });
    return fail('an answer of the server', `a 101 from a store (${stored}), and a dead connection`, extras);
  },
} satisfies Check;

/** The header by which an answer says that it was kept, as it was written. */
function signOfStore({ answer }: Dial): string | undefined {
  const head = { fields: answer?.headers ?? [] };
  const age = valueOf(head, 'Age');
  if (age !== undefined && Number(age) > 0) return `Age: ${show(age, 20)}`;
  const hit = HITS.find((name) => /\bhit\b/i.test(valueOf(head, name) ?? ''));
  return hit && `${hit}: ${show(valueOf(head, hit) ?? '', 60)}`;
}
