import type { Check } from '../../harness/model.js';
import { fail, info, pass } from '../../harness/verdict.js';
import { idleCut } from './idle.js';
import { limit, measuredOf, sides } from './idle-words.js';

export default {
  title: 'When silence is cut, both sides are told',
  requirement:
    'Whoever cuts a silent connection closes both of its sides, so that neither is left with a connection that is open on one side only.',
  severity: 'medium',
  refs: ['RFC 6455 §7.1.4', 'RFC 9293 §3.5.1'],
  why: 'Half-open connections hold memory and a place among the connections allowed, and their owner believes that messages still arrive.',
  remedy: 'Have the hop that cuts send FIN or RST both ways, and both ends ping with a timeout of their own.',
  async run(probe) {
    const cut = await idleCut(probe);
    const measured = measuredOf(cut);
    if (cut.idleMs < 0) return info(`not cut within ${cut.watchedMs} ms of silence`, measured);
    const when = `${cut.busyToo ? 'at' : 'after'} ${limit(cut)}`;
    if (cut.clientSaw === 'nothing' || cut.originSaw === 'nothing') {
      const actual = `cut ${when}, and ${sides(cut)}`;
      return fail('FIN, RST or a Close frame at both sides', actual, { measured, blame: cut.by });
    }
    return pass(`cut ${when}: ${sides(cut)}`, { measured });
  },
} satisfies Check;
