import type { Check } from '../../harness/model.js';
import { membersOf, parseResponse, valueOf } from '../../harness/protocol/index.js';
import { fail, pass, warn } from '../../harness/verdict.js';
import { mustRefuse } from './refused.js';
import { viewOf } from './told.js';

export default {
  title: 'A version that nobody speaks is refused, with those that are spoken',
  requirement:
    'If the version does not match a version understood by the server, the server MUST abort the handshake and send an appropriate HTTP error code (such as 426 Upgrade Required) and a Sec-WebSocket-Version header field indicating the versions it is capable of understanding.',
  severity: 'low',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §4.2.2', 'RFC 6455 §4.4'],
  judges: 'either',
  why: 'A server that takes any version takes drafts with known holes too; a refusal without the list leaves a newer client no way to fall back.',
  remedy:
    'Accept Sec-WebSocket-Version 13 alone and answer 426 with "Sec-WebSocket-Version: 13" to anything else. Hops must pass that header of the answer on.',
  async run(probe) {
    const { verdict, made } = await mustRefuse(probe, {
      options: { change: { 'Sec-WebSocket-Version': '777' } },
      expected: '426 with Sec-WebSocket-Version: 13',
      remains: (head) => valueOf(head, 'Sec-WebSocket-Version') === '777',
    });
    const { answer } = made;
    if (verdict.outcome !== 'pass' || !answer) return verdict;
    const measured = verdict.measured ?? {};
    const listed = membersOf({ fields: answer.headers }, 'Sec-WebSocket-Version');
    const expected = 'Sec-WebSocket-Version: 13 in the answer';
    if (listed.length === 0) {
      const gave = (await viewOf(probe, made))?.answer;
      const stripped =
        gave !== undefined &&
        valueOf(parseResponse(Buffer.from(gave, 'latin1')), 'Sec-WebSocket-Version') !== undefined;
      return fail(
        expected,
        `${verdict.message}, ${stripped ? 'the list was removed on the way' : 'without a list'}`,
        {
          measured,
          blame: stripped ? probe.suspect() : String(measured.refusedBy),
        },
      );
    }
    if (!listed.includes('13')) return fail(expected, `the list is ${listed.join(', ')}`, { measured });
    const drafts = listed.filter((version) => version !== '13');
    if (drafts.length > 0) {
      return warn(`${verdict.message}, and offers drafts: ${drafts.join(', ')}`, {
        measured,
        expected: 'Sec-WebSocket-Version: 13 alone',
      });
    }
    return pass(`${verdict.message}, listing 13`, { measured });
  },
} satisfies Check;
