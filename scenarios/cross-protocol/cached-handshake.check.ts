import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { visits } from './visits.js';

export default {
  title: 'No handshake is answered from a cache, and no page with a handshake',
  requirement:
    'A 101 answers one handshake and no other: caches do not keep it, and do not answer a request for an upgrade with what they kept of the same URL.',
  severity: 'high',
  cwe: 'CWE-524',
  refs: ['RFC 6455 §1.3', 'RFC 6455 §10.3', 'RFC 9111 §3'],
  why: 'A kept page in place of a handshake shuts WebSocket off for everybody behind the cache; a kept 101 in place of a page breaks the page; an accept value that is given twice proves nothing of the server. HTTP lets a cache pass over Upgrade and answer with the page; WebSocket is lost all the same.',
  remedy:
    'Do not cache WebSocket paths: in nginx "proxy_cache_bypass $http_upgrade" and "proxy_no_cache $http_upgrade"; in Squid "cache deny" with an acl of these paths; in HAProxy "http-request cache-use pages unless { req.hdr(upgrade) -m found }". Servers: Cache-Control: no-store on refusals.',
  async run(probe) {
    if (!probe.ours) return skip('it takes the origin’s view, and this origin is not ours');
    await probe.raw({ path: '/cache' });
    const made = [
      ...(await visits(probe, ['page', 'page', 'handshake', 'handshake', 'page'])),
      ...(await visits(probe, ['handshake', 'page', 'handshake'])),
      ...(await visits(probe, ['refusal', 'handshake'])),
    ];
    const pages = made.filter(({ kind }) => kind === 'page');
    const measured = { cached: pages.some(({ seen }) => !seen) };
    const [first] = made;
    // What nobody has asked for before was not kept by anybody.
    if (first?.odd !== undefined) return skip(`nothing can be said of caches here: ${first.odd}`);
    const wrong = made.find((visit) => visit.wrong !== undefined)?.wrong;
    if (wrong !== undefined) {
      const expected = 'the origin answers every handshake, and every GET gets the page';
      return fail(expected, wrong, { measured, blame: probe.suspect() });
    }
    const odd = made.find(({ kind, odd }) => odd !== undefined && kind !== 'refusal')?.odd;
    if (odd !== undefined) return skip(`nothing can be said of caches here: ${odd}`);
    const came = pages.filter(({ seen }) => seen).length;
    const handshakes = made.filter(({ kind }) => kind === 'handshake').length;
    const message = `${handshakes} handshakes came to the origin, and ${came} of ${pages.length} GETs of the same URLs`;
    return pass(measured.cached ? message : `${message}; nothing is kept here`, { measured });
  },
} satisfies Check;
