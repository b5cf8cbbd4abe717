import type { Probe, Verdict } from '../../harness/model.js';
import { membersOf, parseRequest, show, tokensOf } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { told, viewOf } from '../opening/told.js';
import { cameUnread, otherOctets } from './more.js';
import { PLAIN, readers, unread, until } from './path.js';

/** Asks for h2c (RFC 7540 §3.2) with this Upgrade, and judges that the origin is not asked for it. */
export async function mustNotRelayH2c(probe: Probe, upgrade: string): Promise<Verdict> {
  const nothing = await unread(probe);
  if (nothing) return nothing;
  const page = await probe.dial({ path: '/h2c', change: PLAIN });
  if (page.answer?.status !== 200)
    return skip(`a plain GET of the same page does not get through: ${told(page)}`);
  const made = await probe.dial({
    path: '/h2c',
    change: {
      Upgrade: upgrade,
      Connection: 'Upgrade, HTTP2-Settings',
      'HTTP2-Settings': 'AAMAAABkAAQAoAAAAAIAAAAA',
    },
  });
  const seen = await viewOf(probe, made);
  if (!seen?.head) {
    if (made.handshake !== 'refused' || !made.answer) return skip(`nobody took the request: ${told(made)}`);
    return pass(`${told(made)} by ${readers(probe)}`, { measured: { relayed: false } });
  }
  const came = parseRequest(Buffer.from(seen.head, 'latin1'));
  const listed = membersOf(came, 'Upgrade').join(', ');
  if (!tokensOf(came, 'Upgrade').includes('h2c')) {
    const how = listed === '' ? 'without Upgrade' : `with Upgrade: ${show(listed, 40)}`;
    return pass(`the request came to the origin ${how}`, { measured: { relayed: false } });
  }
  const tunnel = await tunnels(probe, made);
  const then = tunnel ? '; it switched, and there is a raw tunnel to it' : '';
  return fail('h2c is not asked of the origin', `Upgrade: ${show(listed, 40)} came to the origin${then}`, {
    measured: { relayed: true, tunnel },
    blame: readers(probe),
  });
}

async function tunnels(probe: Probe, made: Awaited<ReturnType<Probe['dial']>>): Promise<boolean> {
  const more = otherOctets();
  made.peer?.send(more.octets);
  return until(probe, () => cameUnread(probe, more, made) || !made.peer?.open).then(() =>
    cameUnread(probe, more, made),
  );
}

/** What the checks of h2c have in common. */
export const common = {
  reach: 'intrusive',
  cwe: 'CWE-444',
  refs: ['RFC 9110 §7.8', 'RFC 9113 §3.1', 'https://bishopfox.com/blog/h2c-smuggling-request'],
  why: 'HTTP/2 in clear (h2c) by Upgrade is a tunnel like any other, and any number of requests go through it: where a hop passes the offer on and the server takes it up, all of them get past the rules of the hop. RFC 9113 has given this way up; whoever asks for it today is looking for a hole.',
  remedy:
    'Pass Upgrade on only where it says websocket, and then with that value alone. nginx: "map $http_upgrade $upgrade { default \'\'; ~*^websocket$ websocket; }" and "proxy_set_header Upgrade $upgrade" instead of $http_upgrade. HAProxy: "http-request del-header upgrade unless { req.hdr(upgrade) -i websocket }". Squid: http_upgrade_request_protocols websocket allow all, and nothing for OTHER.',
} as const;
