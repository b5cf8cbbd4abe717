import type { Check } from '../../harness/model.js';
import { fail, pass } from '../../harness/verdict.js';

export default {
  title: 'The upgrade is accepted, and data passes both ways after it',
  requirement:
    'A client that sends a valid opening handshake gets a valid 101, and what is sent afterwards arrives, in both directions.',
  severity: 'high',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §4.2.2', 'RFC 9110 §7.8'],
  why: 'A 101 is not a verdict: a hop can pass it on and then drop one direction. Only an echo proves the path.',
  remedy:
    'Have every hop forward Upgrade and Connection over HTTP/1.1, and tunnel both directions after the 101.',
  async run(probe) {
    const dial = await probe.dial();
    const { handshake, answer, failure, peer } = dial;
    const measured = { handshake, ...(answer && { status: answer.status }) };
    if (!peer || handshake !== 'accepted') {
      const seen = answer ? `${handshake}: ${answer.status} ${answer.reason}` : `${handshake}: ${failure}`;
      return fail('101 and an echo both ways', seen, { measured, blame: probe.suspect() });
    }
    if (!dial.conforms)
      return fail('a valid 101', 'a 101 that breaks RFC 6455 §4.2.2', { measured, blame: probe.suspect() });
    const echoed = await peer.echo(probe.patience.answerMs);
    const arrived = echoed || (await seenByOrigin(probe, dial.token));
    const ways = {
      clientToOrigin: arrived ? 'delivered' : 'dropped',
      originToClient: echoed ? 'delivered' : 'dropped',
    };
    if (echoed) return pass('101, and an echo came back', { measured: { ...measured, ...ways } });
    return fail('an echo after the 101', `101, but ${arrived ? 'the answer' : 'the message'} was lost`, {
      measured: { ...measured, ...ways },
      blame: probe.suspect(),
    });
  },
} satisfies Check;

async function seenByOrigin(probe: Parameters<Check['run']>[0], token: string): Promise<boolean> {
  if (!probe.ours) return false;
  return ((await probe.sighting(token))?.frames.length ?? 0) > 0;
}
