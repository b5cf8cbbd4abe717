import type { Check } from '../../harness/model.js';
import { valueOf } from '../../harness/protocol/index.js';
import { fail, warn } from '../../harness/verdict.js';
import { judge, type Wrong } from '../opening/refused.js';
import { hixie, withOrigin } from './hixie.js';

/** The example of the draft: two keys, a third behind the head, and the answer to the three. */
const KEYS = [
  ['Sec-WebSocket-Key1', '4 @1  46546xW%0l 1 5'],
  ['Sec-WebSocket-Key2', '12998 5 Y3 1  .P00'],
] as const;
const KEY3 = '^n:ds[4U';
const ANSWER = "8jKS'y:G*Co,Wxa-";

export default {
  title: 'The handshake of Hixie-76 is refused',
  requirement:
    'A server accepts handshakes with a Sec-WebSocket-Key and a Sec-WebSocket-Version that it understands; those of the first drafts have neither.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-1104',
  refs: ['RFC 6455 §4.2.1', 'https://datatracker.ietf.org/doc/html/draft-hixie-thewebsocketprotocol-76'],
  judges: 'endpoint',
  why: 'That draft does without masking, so that scripts write octets of their choice, and its handshake goes on behind the head, where hops disagree about what they read.',
  remedy: 'Switch the drafts off, or use a library that does not know them.',
  fixes: { nginx: 'if ($http_sec_websocket_version != "13") { return 400; }' },
  async run(probe) {
    const right = withOrigin(probe);
    const bystander = await probe.meet(right);
    const wrong: Wrong = {
      options: hixie(probe, { headers: KEYS, early: Buffer.from(KEY3, 'latin1') }),
      right,
      expected: '400 or 426',
    };
    const made = await probe.dial(wrong.options);
    const { peer, answer } = made;
    if (made.handshake !== 'accepted' || !peer) return judge(probe, wrong, made, bystander);
    const measured = { handshake: made.handshake, status: 101 };
    const after = Buffer.from(await peer.octets(ANSWER.length, probe.patience.answerMs)).toString('latin1');
    if (after.startsWith(ANSWER))
      return fail(wrong.expected, 'accepted, and its challenge was answered', {
        measured,
        blame: probe.suspect(),
      });
    const spoken = valueOf({ fields: answer?.headers ?? [] }, 'Sec-WebSocket-Location') !== undefined;
    const actual = spoken
      ? 'accepted as the draft has it, with a wrong answer'
      : 'accepted, though not as the draft has it';
    return warn(actual, { measured, expected: wrong.expected, actual, severity: 'low' });
  },
} satisfies Check;
