import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { told, viewOf } from '../opening/told.js';
import { cameUnread, otherOctets } from './more.js';
import { PLAIN, readers, unread, until } from './path.js';

const EXPECTED = 'an error (502) instead of the 101, and no tunnel';

export default {
  title: 'A 101 that nobody asked for opens no tunnel',
  requirement:
    'A server MUST NOT switch to a protocol that was not indicated by the client in the corresponding request’s Upgrade header field; a hop that did not ask for a switch does not make one.',
  severity: 'high',
  reach: 'intrusive',
  cwe: 'CWE-436',
  refs: ['RFC 9110 §7.8', 'RFC 9110 §15.2.2', 'https://github.com/0ang3el/websocket-smuggle'],
  why: 'Who can make some page of the server answer 101 (a status taken from a parameter, a page of his own) would get a raw connection to it, past every rule of the hop. And what follows a 101 that is handed on is read otherwise by each party.',
  remedy:
    'A hop has to take a 101 to a request without Upgrade for a broken answer: 502, and the connection to the server closed, as HAProxy and Squid do. nginx 1.22 takes it for the head of an ordinary answer and has no setting for it: see to it that requests cannot choose the status of an answer, and send Upgrade to the server in WebSocket locations alone.',
  async run(probe) {
    const nothing = await unread(probe);
    if (nothing) return nothing;
    const page = await probe.http('/status/200');
    if (page.status !== 200)
      return skip(`a plain GET does not get through here: ${page.failure ?? page.status}`);
    const made = await probe.dial({ path: '/unasked', change: PLAIN });
    const seen = await viewOf(probe, made);
    if (!seen?.answer) return skip(`the origin was not asked for the page that answers 101: ${told(made)}`);
    const { handshake, answer } = made;
    const measured = { handshake, ...(answer && { status: answer.status }) };
    const blame = readers(probe);
    const more = otherOctets();
    made.peer?.send(more.octets);
    const answered = () => (made.peer?.received().length ?? 0) > 0 || !made.peer?.open;
    // A hop may keep the head of an answer until there is a body, or no more of one.
    const late =
      handshake === 'no-answer' ? await probe.dial({ path: '/unasked?after=100', change: PLAIN }) : undefined;
    const settled = () => late !== undefined || (handshake !== 'accepted' && answered());
    await until(probe, () => cameUnread(probe, more, made) || settled());
    await probe.http('/status/200');
    if (cameUnread(probe, more, made)) {
      const came = 'what the client sent then came to the origin octet for octet';
      return fail(EXPECTED, `${told(made)}; ${came}`, { measured: { ...measured, tunnel: true }, blame });
    }
    if (handshake === 'accepted') {
      const actual = 'the 101 was handed on to a client that had asked for nothing, though no tunnel';
      return fail(EXPECTED, actual, { measured: { ...measured, tunnel: false }, blame });
    }
    if (late) {
      const then =
        late.handshake === 'accepted' ? '; once the server ends its connection, the 101 is handed on' : '';
      return fail(EXPECTED, told(made) + then, { measured: { ...measured, tunnel: false }, blame });
    }
    return pass(told(made), { measured: { ...measured, tunnel: false } });
  },
} satisfies Check;
