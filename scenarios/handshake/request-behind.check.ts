import type { Check } from '../../harness/model.js';
import { fail, pass, warn } from '../../harness/verdict.js';
import { judge, type Wrong } from '../opening/refused.js';

/** Read as a frame, it is a whole one and more, of a reserved opcode and not masked: there is no waiting for the rest. */
const REQUEST = (path: string, host: string) =>
  Buffer.from(
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nX-Gauntlet: ${'a'.repeat(128)}\r\n\r\n`,
    'latin1',
  );

export default {
  title: 'A request that comes right behind a handshake is not answered as HTTP',
  requirement:
    'Once a server has sent the 101, what comes on the connection is of the protocol that was switched to: frames, and nothing else.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-444',
  refs: ['RFC 9110 §7.8', 'RFC 6455 §4.2.2'],
  judges: 'endpoint',
  why: 'A second request in the same segment that is answered behind the 101 has gone past every hop that took the connection for a WebSocket: their rules for paths and credentials do not hold for it.',
  remedy: 'Hand the octets behind the handshake to the WebSocket, and stop reading HTTP on the connection.',
  async run(probe) {
    const { path } = probe.target;
    const bystander = await probe.meet();
    const wrong: Wrong = {
      options: { early: REQUEST(path, new URL(probe.route.url).host) },
      expected: 'no HTTP behind the 101',
      ordinary: true,
    };
    const made = await probe.dial(wrong.options);
    const { peer, handshake } = made;
    // To refuse it is right too: nothing was switched, and what follows is HTTP.
    if (handshake !== 'accepted' || !peer) return judge(probe, wrong, made, bystander);
    const measured = { handshake, status: 101 };
    const end = await peer.farewell(probe.patience.answerMs);
    const http = /HTTP\/1\.[01] \d{3}/.exec(Buffer.from(peer.received()).toString('latin1'))?.[0];
    if (http)
      return fail(wrong.expected, `behind the 101 came ${http}`, { measured, blame: probe.suspect() });
    if (end)
      return pass(`it ended the connection (${end.code === undefined ? end.how : `close ${end.code}`})`, {
        measured,
      });
    const actual = 'accepted, and the connection stays open, in silence';
    return warn(actual, { measured, expected: 'an end', actual, severity: 'low' });
  },
} satisfies Check;
