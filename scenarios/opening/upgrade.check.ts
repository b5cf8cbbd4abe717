import type { Check } from '../../harness/model.js';
import { fail, pass } from '../../harness/verdict.js';
import { answerer, faultsIn, refusal, told, viewOf } from './told.js';

export default {
  title: 'The upgrade is accepted, and data passes both ways after it',
  requirement:
    'A client that sends a valid opening handshake gets a valid 101, and what is sent afterwards arrives, in both directions.',
  severity: 'high',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §4.2.2', 'RFC 9110 §7.8'],
  why: 'A 101 is not a verdict: a hop can pass it on and then drop one direction. Only an echo proves the path.',
  remedy:
    'Have every hop forward Upgrade and Connection over HTTP/1.1 and tunnel both directions after the 101. nginx: proxy_http_version 1.1, proxy_set_header Upgrade $http_upgrade, proxy_set_header Connection "upgrade". Squid 5 and later: http_upgrade_request_protocols websocket allow all.',
  async run(probe) {
    const made = await probe.dial();
    const { handshake, answer, peer } = made;
    const measured = { handshake, ...(answer && { status: answer.status }) };
    if (!peer || handshake !== 'accepted') {
      const { why, blame } = await refusal(probe, made);
      return fail('101 and an echo both ways', `${told(made)}${why}`, { measured, blame });
    }
    if (!made.conforms) {
      return fail('a valid 101', `a 101 that is not valid: ${faultsIn(made).join(' ')}`, {
        measured,
        blame: await answerer(probe, made, ['Upgrade', 'Connection', 'Sec-WebSocket-Accept']),
      });
    }
    if (await peer.echo(probe.patience.answerMs)) {
      const ways = { clientToOrigin: 'delivered', originToClient: 'delivered' };
      return pass('101, and an echo came back', { measured: { ...measured, ...ways } });
    }
    const seen = await viewOf(probe, made);
    if (!seen) {
      return fail('an echo after the 101', '101, but no echo came back', {
        measured,
        blame: probe.suspect(),
      });
    }
    const arrived = seen.frames.length > 0;
    const sent = seen.evidence.some(({ kind, text }) => kind === 'sent' && text.startsWith('frame text'));
    const ways = { clientToOrigin: arrived ? 'delivered' : 'dropped', originToClient: 'dropped' };
    const lost = !arrived
      ? 'the message never reached the origin'
      : sent
        ? 'the echo was lost on its way back'
        : 'the origin did not echo';
    return fail('an echo after the 101', `101, but ${lost}`, {
      measured: { ...measured, ...ways },
      blame: arrived && !sent ? 'origin' : probe.suspect(),
    });
  },
} satisfies Check;
