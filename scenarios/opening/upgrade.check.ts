import { randomBytes } from 'node:crypto';
import type { Check, WireFrame } from '../../harness/model.js';
import { endsMessage, frame, show } from '../../harness/protocol/index.js';
import { fail, pass } from '../../harness/verdict.js';
import { faultsIn, refusal, spoiler, told, viewOf } from './told.js';

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
        blame: await spoiler(probe, made),
      });
    }
    const payload = Buffer.from(`echo ${randomBytes(6).toString('hex')}`);
    peer.send(frame({ opcode: 'text', payload, mask: true }));
    const before: WireFrame[] = [];
    const ends = endsMessage(payload);
    const echo = await peer.until((came) => {
      if (came.opcode < 8) before.push(came);
      return ends(came);
    }, probe.patience.answerMs);
    // What is a fragment of the echo is nothing extra.
    const extras = before.filter(
      ({ opcode, payload: part }) => opcode > 0 && !payload.includes(Buffer.from(part)),
    );
    const delivered = { clientToOrigin: 'delivered', originToClient: 'delivered' };
    const seen = await viewOf(probe, made);
    const [reply] =
      seen?.evidence.filter(({ kind, text }) => kind === 'sent' && text.startsWith('frame')) ?? [];
    if (echo && probe.ours && !seen) {
      const actual =
        '101 and an echo, but the origin did not see this handshake: its query was lost, or somebody else answers';
      return fail('101 and an echo of the origin', actual, { measured, blame: probe.suspect() });
    }
    if (echo?.rsv) {
      const actual = '101, but the echo came with RSV bits that nobody agreed on, which no client may take';
      return fail('an echo without RSV bits', actual, {
        measured: { ...measured, ...delivered },
        blame: reply?.frame?.rsv === echo.rsv ? 'origin' : probe.suspect(),
      });
    }
    if (echo?.mask) {
      return fail('an echo that is not masked', '101, but the echo came masked, which no client may take', {
        measured: { ...measured, ...delivered },
        blame: reply?.frame?.masked ? 'origin' : probe.suspect(),
      });
    }
    const [extra] = extras;
    // Any other server may greet.
    if (echo && extra && probe.ours && reply && payload.equals(Buffer.from(reply.bytes ?? '', 'base64'))) {
      const text = show(Buffer.from(extra.payload).toString(), 40);
      return fail('what the origin sends, and nothing else', `a message that it never sent: ${text}`, {
        measured: { ...measured, ...delivered },
        blame: probe.suspect(),
      });
    }
    if (echo) return pass('101, and an echo came back', { measured: { ...measured, ...delivered } });
    if (!seen) {
      return fail('an echo after the 101', '101, but no echo came back', {
        measured,
        blame: probe.suspect(),
      });
    }
    const arrived = seen.frames.length > 0;
    const whole = seen.frames.some((came) => came.mask && payload.equals(came.payload));
    const sent = reply?.text.startsWith('frame text') ?? false;
    const ways = { clientToOrigin: arrived ? 'delivered' : 'dropped', originToClient: 'dropped' };
    const lost = !arrived
      ? 'the message never reached the origin'
      : !whole
        ? 'the message did not reach the origin as it was sent'
        : sent
          ? 'the echo was lost on its way back'
          : 'the origin did not echo';
    return fail('an echo after the 101', `101, but ${lost}`, {
      measured: { ...measured, ...ways },
      blame: whole && !sent ? 'origin' : probe.suspect(),
    });
  },
} satisfies Check;
