import type { Check } from '../../harness/model.js';
import { info } from '../../harness/verdict.js';
import { idleCut } from './idle.js';
import { limit, measuredOf, sides } from './idle-words.js';

export default {
  title: 'How long a silent connection lives, and who cuts it',
  requirement:
    'After how much silence connections are cut, by whom, and what each side is told is known and written down.',
  severity: 'info',
  refs: ['RFC 6455 §5.5.2', 'RFC 1122 §4.2.3.6'],
  why: 'Every hop has an idle timer, 60 seconds for most. A keepalive has to be quicker than the quickest of them, and a cut that nobody is told of leaves both sides waiting.',
  remedy:
    'Ping at two thirds of the shortest cut or less, or raise the timer at the hop that cuts (nginx: proxy_read_timeout; HAProxy: timeout tunnel; Squid: read_timeout).',
  async run(probe) {
    const cut = await idleCut(probe);
    probe.note(`silent connections: ${cut.story}`);
    const measured = measuredOf(cut);
    if (cut.idleMs < 0) return info(`not cut within ${cut.watchedMs} ms of silence`, measured);
    return info(`cut ${cut.busyToo ? 'at' : 'after'} ${limit(cut)}, by ${cut.by}: ${sides(cut)}`, measured);
  },
} satisfies Check;
