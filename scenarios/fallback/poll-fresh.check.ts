import { randomBytes } from 'node:crypto';
import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { streamPath } from './stream.js';

export default {
  title: 'Polls are answered afresh',
  requirement:
    'A poll that is repeated with the same URL reaches the origin; no hop answers it from a cache.',
  severity: 'medium',
  cwe: 'CWE-524',
  refs: ['RFC 9111 §5.2.2.5', 'RFC 6202 §5.6'],
  why: 'A cached poll repeats old news to one user, or one user’s news to another.',
  remedy: 'Send Cache-Control: no-store with every answer to a poll, and configure no hop to ignore it.',
  async run(probe) {
    if (!probe.ours) return skip('it takes an origin of ours, which numbers its answers');
    const path = `${streamPath({ count: 1000, everyMs: 20 })}&poll&gauntlet=${randomBytes(6).toString('hex')}`;
    const first = await probe.http(path);
    await probe.wait(200);
    const second = await probe.http(path);
    for (const { status, failure } of [first, second]) {
      if (status !== 200) return skip(`no baseline here: a poll got ${status ?? failure}`);
    }
    if (second.body.length > first.body.length) return pass('the second poll brought what had come since');
    return fail('news in the second poll', 'the same answer again', { blame: probe.suspect() });
  },
} satisfies Check;
