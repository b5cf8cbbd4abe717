import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { answeredBy, NEITHER } from './answered.js';

const COUNT = 10;

export default {
  title: 'Ten frames in one segment are all read, in order',
  requirement: 'Frames are not segments: several may come in one, and each is processed by itself, in order.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-362',
  refs: ['RFC 6455 §5.4', 'RFC 6455 §6.2'],
  judges: 'endpoint',
  why: 'A reader that takes a segment for a frame loses what comes behind the first, or reads it later, as something else.',
  remedy: 'Go on reading frames for as long as the buffer holds whole ones.',
  async run(probe) {
    const answered = await answeredBy(probe);
    if (!answered) return skip(NEITHER);
    const [bystander, peer] = [await probe.meet(), await probe.meet()];
    const payloads = Array.from({ length: COUNT }, (_, i) => Buffer.from(`number ${i}`));
    peer.send(Buffer.concat(payloads.map((payload) => answered.of(payload))));
    const answers = payloads.map((payload) => answered.answers(payload));
    const seen: number[] = [];
    await peer.until((received) => {
      // Each has to see every frame.
      const which = answers.map((fits) => fits(received)).indexOf(true);
      if (which >= 0) seen.push(which);
      // One pong for the last of several pings will do (RFC 6455 §5.5.3); of messages none may be lost.
      return answered.what === 'texts' ? seen.length === COUNT : which === COUNT - 1;
    }, probe.patience.answerMs);
    if ((await peer.farewell(0)) && !(await probe.lives(bystander)))
      return skip('connections end here by themselves, so that one ends tells nothing of its frames');
    const blame = probe.suspect();
    const inOrder = seen.every((which, i) => i === 0 || which > seen[i - 1]!);
    const expected = `an answer to each of ${COUNT} ${answered.what}, in order`;
    if (!inOrder) return fail(expected, `they were answered in the order ${seen.join(', ')}`, { blame });
    if (seen.at(-1) !== COUNT - 1) {
      const last =
        seen.length === 0 ? 'none was answered' : `the last that was answered is number ${seen.at(-1)}`;
      return fail(expected, last, { blame });
    }
    if (answered.what === 'texts' && seen.length < COUNT)
      return fail(expected, `${seen.length} of ${COUNT} were answered`, { blame });
    return pass(`${seen.length} of ${COUNT} ${answered.what} were answered, in order`);
  },
} satisfies Check;
