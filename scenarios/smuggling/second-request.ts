import type { Dial, DialOptions, Probe, Verdict } from '../../harness/model.js';
import { parseResponse, type ResponseHead, show, valueOf } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { isBusy } from '../judging/seen.js';

/** A page instead of a handshake: the same request without what asks for an upgrade. */
export const PAGE: DialOptions['change'] = {
  Connection: 'keep-alive',
  Upgrade: undefined,
  'Sec-WebSocket-Key': undefined,
  'Sec-WebSocket-Version': undefined,
  'Sec-WebSocket-Protocol': undefined,
};

/** By these a server, or what stands before it, is known from others. */
const TELLING = ['Server', 'Via', 'X-Powered-By', 'X-Served-By'] as const;

const EXPECTED = 'what follows a refused upgrade is answered as every other request is, or not at all';

const HEAD = /HTTP\/1\.[01] \d{3}[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n/;

export interface Upgrade {
  /** What asks for an upgrade that is not to be had. */
  options: DialOptions;
  /** The second request goes in the same write. */
  together?: boolean;
}

/**
 * Sends a second request behind an upgrade that is refused, and judges by who answers it whether something on the way
 * took the request for the switch and passes on what follows unread.
 */
export async function behindRefusal(probe: Probe, { options, together = false }: Upgrade): Promise<Verdict> {
  await probe.acquaintance();
  const page = await probe.dial({ change: PAGE });
  if (!page.answer || page.handshake !== 'refused')
    return skip('a plain GET is not answered here, so nothing tells who answers a second request');
  const usual = styleOf(parseResponse(Buffer.from(page.answer.raw, 'latin1')));
  const second = Buffer.from(page.sent, 'latin1');
  const first = await probe.dial({ ...options, ...(together && { early: second }) });
  if (first.handshake === 'accepted')
    return skip('the upgrade was accepted here, so there is nothing behind a refusal');
  if (!first.answer) return skip(`the upgrade got no answer: ${first.failure}`);
  if (isBusy(first)) return skip(`the server has too much to do to tell: ${first.answer.status}`);
  if (!together) first.peer?.send(second);
  const refused = `an upgrade that was refused with ${first.answer.status}`;
  const head = await secondHead(first, probe.patience.answerMs);
  if (!head) return unanswered(first, refused);
  const found = styleOf(head);
  const measured = { status: first.answer.status, tunnelAfterRefusal: found !== usual };
  if (found === usual)
    return pass(`behind ${refused}, a second request was answered with ${head.status} as a page is`, {
      measured,
    });
  return fail(
    EXPECTED,
    `behind ${refused}, a second request was answered by another server (${found}) than a page is (${usual})`,
    {
      measured,
      blame: probe.suspect(),
    },
  );
}

function unanswered({ peer }: Dial, refused: string): Verdict {
  const measured = { tunnelAfterRefusal: false };
  if (!peer?.open) return pass(`${refused} ended the connection`, { measured });
  return warn(`behind ${refused}, a second request got no answer, and the connection stayed open`, {
    expected: EXPECTED,
    actual: 'no answer, and the connection stayed open',
  });
}

/** The head of whatever answers the second request, once it is whole. */
async function secondHead({ peer }: Dial, withinMs: number): Promise<ResponseHead | undefined> {
  const deadline = performance.now() + withinMs;
  for (let octets = peer?.received(); peer && octets; ) {
    const match = HEAD.exec(Buffer.from(octets).toString('latin1'));
    if (match) return parseResponse(Buffer.from(match[0], 'latin1'));
    const left = deadline - performance.now();
    if (left <= 0 || !peer.open) return undefined;
    octets = await peer.octets(octets.length + 1, left);
  }
  return undefined;
}

/** `Server: nginx, Via: 1.1 squid`, or that nothing tells. */
function styleOf(head: ResponseHead): string {
  const told = TELLING.flatMap((name) => {
    const value = valueOf(head, name);
    return value === undefined ? [] : [`${name}: ${show(value, 60)}`];
  });
  return told.join(', ') || 'which does not name itself';
}

/** What these checks have in common. */
export const common = {
  severity: 'critical',
  kind: 'vulnerability',
  cwe: 'CWE-444',
  judges: 'endpoint',
  refs: ['RFC 9110 §7.8', 'RFC 6455 §4.2.2'],
  why: 'A hop that takes the request for the switch, and not the answer, leaves an open tunnel to the server. Whoever sent the request reaches every path of the server through it, past the rules, the authentication and the logs of the hop.',
  remedy:
    'The hop has to wait for the answer, and to tunnel after 101 alone: nginx from 1.3.13, HAProxy and Squid do; Apache before 2.4.47 and Varnish configurations that pipe every Upgrade do not. Let an Upgrade through at WebSocket locations only.',
  fixes: {
    nginx:
      'location /ws {  # Upgrade is set here alone\n  proxy_http_version 1.1;\n  proxy_set_header Upgrade $http_upgrade;\n  proxy_set_header Connection "upgrade";\n}',
    haproxy: 'http-request del-header upgrade unless { path_beg /ws }',
  },
} as const;
