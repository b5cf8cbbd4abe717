import type { Check, Dial, Peer, Probe, Verdict } from '../../harness/model.js';
import { tokensOf } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { told } from '../opening/told.js';

const EXPECTED = 'an answer, and then the end, or more HTTP';

export default {
  title: 'A refused handshake is answered, and its connection ended or used on',
  requirement:
    'A server that refuses returns an HTTP response with an appropriate error code. A server that sends a "close" connection option MUST initiate closure of the connection after it sends the final response.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-404',
  refs: ['RFC 6455 §4.2.2', 'RFC 9112 §9.6'],
  judges: 'endpoint',
  why: 'Connections that were refused and are then forgotten, neither ended nor read, are held for as long as the client likes; a client that waits for an answer falls back late.',
  remedy: 'Answer with a status and "Connection: close", and close.',
  async run(probe) {
    await probe.meet();
    const made = await probe.dial({ change: { 'Sec-WebSocket-Version': '777' } });
    const { handshake, peer, answer } = made;
    if (handshake === 'accepted')
      return skip('a handshake of version 777 is accepted here, so nothing was refused');
    const measured = { handshake, ...(answer && { status: answer.status }) };
    const extras = { measured, blame: probe.suspect() };
    // The usual one is still answered.
    if (handshake !== 'refused') await probe.meet();
    if (handshake === 'no-answer') return fail(EXPECTED, told(made), extras);
    if (handshake === 'reset' || !peer || !answer)
      return warn(told(made), { ...extras, expected: EXPECTED, actual: told(made) });
    return (
      (await afterwards(probe, made, peer)) ??
      fail(EXPECTED, 'answered, and then neither ended nor read', extras)
    );
  },
} satisfies Check;

/** What is right about the time after the refusal; undefined for silence. */
async function afterwards(probe: Probe, made: Dial, peer: Peer): Promise<Verdict | undefined> {
  const { answerMs } = probe.patience;
  const closes = tokensOf({ fields: made.answer?.headers ?? [] }, 'Connection').includes('close');
  if (!closes) {
    const { host } = new URL(probe.route.url);
    peer.send(Buffer.from(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, 'latin1'));
  }
  const deadline = performance.now() + answerMs;
  for (;;) {
    const seen = peer.received().length;
    if (!closes && /HTTP\/1\.[01] \d{3}/.test(Buffer.from(peer.received()).toString('latin1')))
      return pass('answered, and the next request on the connection too');
    if (!peer.open) return pass('answered, and the connection was ended');
    const left = deadline - performance.now();
    if (left <= 0) return undefined;
    await peer.octets(seen + 1, left);
    // A flood is kept up to a bound, and is no more HTTP than silence is.
    if (peer.open && peer.received().length === seen) return undefined;
  }
}
