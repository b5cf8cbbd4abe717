import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { afterOpening, blame } from './shown.js';

export default {
  title: 'The client takes a fresh masking key for every fragment of a message',
  requirement: 'The masking key is chosen anew for each frame, and the fragments of a message are frames.',
  severity: 'high',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-323',
  refs: ['RFC 6455 §5.3', 'RFC 6455 §5.4'],
  why: 'Fragments under one key are masked alike: who chooses the payload of the second, knowing the first on the wire, chooses its octets there.',
  remedy: 'Draw a key for each fragment.',
  async run(probe) {
    await using caught = await probe.lure({
      serve: afterOpening(probe, async (visit) => {
        // What echoes sends it back, and some send what is long in fragments.
        visit.send(frame({ opcode: 'text', payload: 'gauntlet '.repeat(30_000) }));
        await visit.until(({ opcode, fin }) => opcode === 0 && fin, 700);
      }),
    });
    const { visit } = caught;
    if (!visit) return skip('the client did not come');
    const own = [...(await probe.habits()).visit.frames, ...visit.frames].filter(({ opcode }) => opcode < 8);
    const fragments = own.filter(({ opcode, fin }) => opcode === 0 || !fin);
    if (fragments.length < 2) return skip('the client sends nothing in fragments');
    const keys = fragments.map(({ mask }) => Buffer.from(mask ?? []).toString('hex'));
    const different = new Set(keys).size;
    const measured = { fragments: keys.length, keys: different };
    if (different < keys.length)
      return fail('another key for each fragment', `${different} keys for ${keys.length} fragments`, {
        blame,
        measured,
      });
    return pass(`${keys.length} fragments, each with a key of its own`, { measured });
  },
} satisfies Check;
