import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass } from '../../harness/verdict.js';
import { besides, messageFrom, parting } from './sizes.js';

const TEXT = Buffer.from('κόσμε –\r\n𝄞 – €');

export default {
  title: 'Characters that are split over fragments arrive whole',
  requirement: 'A fragment may end within a character; only the whole message has to be valid UTF-8.',
  severity: 'low',
  kind: 'conformance',
  judges: 'either',
  refs: ['RFC 6455 §5.6', 'RFC 6455 §8.1'],
  why: 'A hop that looks at each frame as text of its own closes such a connection with 1007, or garbles it.',
  remedy: 'Validate UTF-8 over the message, not over the frame.',
  async run(probe) {
    const peer = await probe.raw();
    for (let i = 0; i < TEXT.length; i++) {
      const opcode = i === 0 ? 'text' : 'continuation';
      peer.send(frame({ opcode, fin: i === TEXT.length - 1, payload: TEXT.subarray(i, i + 1), mask: true }));
    }
    const { payload, end } = await messageFrom(peer, probe.patience.answerMs, besides(probe, TEXT));
    const blame = probe.suspect();
    if (!payload)
      return fail('the text', end ? `the connection ended (${end})` : 'nothing came back', { blame });
    const wrong = parting(TEXT, payload);
    return wrong
      ? fail('the text, the same to the octet', wrong, { blame })
      : pass('octet by octet, and whole');
  },
} satisfies Check;
