import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { streamPath } from './stream.js';

export default {
  title: 'A held poll is answered by the origin, not cut by a hop',
  requirement: 'A request that the origin holds while there is no news gets the origin’s answer.',
  severity: 'medium',
  refs: ['RFC 6202 §2.2', 'RFC 6202 §5.5'],
  why: 'A hop that gives up first answers 504 each time, which looks like an outage and can lose what was about to be said.',
  remedy:
    'Hold polls for less than the shortest read timeout on the path (nginx: proxy_read_timeout, squid: read_timeout).',
  async run(probe) {
    if (!probe.ours) return skip('it takes an origin of ours, which holds the poll');
    const hold = probe.patience.idleMs;
    const path = streamPath({ count: 1, everyMs: 3_600_000 });
    const quick = await probe.http(`${path}&poll&hold=0`);
    if (quick.status !== 200)
      return skip(`no baseline here: a poll that is not held got ${quick.status ?? quick.failure}`);
    const since = performance.now();
    const held = await probe.http(`${path}&poll&hold=${hold}`, {
      withinMs: hold + probe.patience.answerMs * 2,
    });
    const ms = Math.round(performance.now() - since);
    const ours = held.status === 200 && held.body.includes('"ack"') && held.failure === undefined;
    const measured = { heldMs: ms, ...(held.status !== undefined && { status: held.status }) };
    if (ours && ms >= hold * 0.9) return pass(`answered by the origin after ${ms} ms`, { measured });
    const actual = `${held.status ?? held.failure ?? held.handshake} after ${ms} ms`;
    return fail(`the origin's answer after ${hold} ms`, actual, { measured, blame: probe.suspect() });
  },
} satisfies Check;
