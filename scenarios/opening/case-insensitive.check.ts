import type { Check, Dial, DialOptions } from '../../harness/model.js';
import { fail, pass } from '../../harness/verdict.js';
import { refusal, told } from './told.js';

const SPELLINGS: readonly { words: string; change: NonNullable<DialOptions['change']> }[] = [
  { words: 'Upgrade: WebSocket', change: { Upgrade: 'WebSocket' } },
  { words: 'UPGRADE: websocket', change: { UPGRADE: 'websocket' } },
  { words: 'Connection: keep-alive, Upgrade', change: { Connection: 'keep-alive, Upgrade' } },
  { words: 'connection: upgrade', change: { connection: 'upgrade' } },
];

export default {
  title: 'The words of the handshake are read in any case, and Connection as a list',
  requirement:
    'The handshake has an Upgrade header field containing the value "websocket", and a Connection header field that includes the token "Upgrade", both treated as ASCII case-insensitive values.',
  severity: 'low',
  cwe: 'CWE-178',
  refs: ['RFC 6455 §4.2.1', 'RFC 9110 §7.6.1'],
  judges: 'either',
  budget: { connections: 13, atOnce: 5 },
  why: 'Clients differ: Firefox sends "Connection: keep-alive, Upgrade", others "Upgrade: WebSocket". A hop that compares text works with one and not with the next.',
  remedy:
    'Compare tokens without regard to case, and take Connection apart at its commas. Squid’s http_upgrade_request_protocols knows "websocket" in lower case alone: add WebSocket, or OTHER.',
  async run(probe) {
    const bystander = await probe.meet();
    const tried = await Promise.all(SPELLINGS.map(({ change }) => probe.dial({ change })));
    await Promise.all([bystander, ...tried].map((made) => made[Symbol.asyncDispose]()));
    const refused: [string, Dial][] = [];
    for (const { words, change } of SPELLINGS.filter((_, i) => !tried[i]!.conforms)) {
      // By itself, and between two that are accepted: several at once may be refused for being several.
      const made = await probe.dial({ change });
      const after = await probe.meet();
      if (!made.conforms) refused.push([words, made]);
      await Promise.all([made, after].map((one) => one[Symbol.asyncDispose]()));
    }
    const [first] = refused;
    if (!first) return pass('accepted, however it was spelt');
    const actual = refused.map(([words, made]) => `"${words}": ${told(made)}`).join('; ');
    const { handshake, answer } = first[1];
    const { why, blame } = await refusal(probe, first[1]);
    return fail('101 for each spelling', actual + why, {
      measured: { handshake, ...(answer && { status: answer.status }), refusedSpellings: refused.length },
      blame,
    });
  },
} satisfies Check;
