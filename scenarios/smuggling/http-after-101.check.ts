import type { Check } from '../../harness/model.js';
import { fail, pass } from '../../harness/verdict.js';
import { PAGE } from './second-request.js';

const EXPECTED = 'no answer of HTTP: the connection ends, or stays silent';

export default {
  title: 'After the 101 nothing reads HTTP any more',
  requirement:
    'Once a handshake is accepted, the connection carries frames: octets on it are given to no HTTP parser.',
  severity: 'critical',
  kind: 'vulnerability',
  cwe: 'CWE-444',
  refs: ['RFC 6455 §4.2.2', 'RFC 9110 §7.8'],
  judges: 'endpoint',
  why: 'A request that is answered behind a 101 came past the hop that thinks it carries frames: past its rules, its authentication and its logs.',
  remedy:
    'Whoever answers 101 hands the connection over to its WebSocket code for good; a hop goes on to pass octets unread, and a server behind it must not go back to HTTP.',
  async run(probe) {
    const page = await probe.dial({ change: PAGE });
    const peer = await probe.meet();
    const before = peer.received().length;
    peer.send(Buffer.from(page.sent, 'latin1'));
    await peer.farewell(probe.patience.answerMs / 2);
    const after = Buffer.from(peer.received().subarray(before)).toString('latin1');
    const status = /HTTP\/1\.[01] (\d{3})/.exec(after)?.[1];
    if (status !== undefined)
      return fail(EXPECTED, `a GET behind the 101 was answered with ${status}`, { blame: probe.suspect() });
    return pass(
      peer.open ? 'a GET behind the 101 was met with silence' : 'a GET behind the 101 ended the connection',
    );
  },
} satisfies Check;
