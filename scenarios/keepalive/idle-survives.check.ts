import type { Check } from '../../harness/model.js';
import { fail, pass } from '../../harness/verdict.js';
import { idleCut } from './idle.js';
import { limit, measuredOf, sides } from './idle-words.js';

export default {
  title: 'A silent connection lives through the time watched',
  requirement:
    'A connection over which nothing is sent stays open, and carries messages both ways afterwards.',
  severity: 'medium',
  refs: ['RFC 6455 §1.5', 'RFC 6455 §7.1'],
  why: 'Nothing in WebSocket limits the time between two messages. What cuts a silent connection loses the next message, and a client that is not told of it waits for ever.',
  remedy:
    'Raise the idle timer of the hop that cuts, or ping more often than that (see the figure of keepalive/idle-cut).',
  async run(probe) {
    const cut = await idleCut(probe);
    const measured = measuredOf(cut);
    if (cut.idleMs < 0) {
      return pass(`an echo came back after ${cut.watchedMs} ms of silence`, { measured });
    }
    const actual = `cut ${cut.busyToo ? 'at' : 'after'} ${limit(cut)}: ${sides(cut)}`;
    return fail(`open after ${cut.watchedMs} ms of silence`, actual, { measured, blame: cut.by });
  },
} satisfies Check;
