import type { Check } from '../../harness/model.js';
import { show, valueOf } from '../../harness/protocol/index.js';
import { pass, skip, warn } from '../../harness/verdict.js';
import { isBusy } from '../judging/seen.js';

export default {
  title: 'A refused handshake does not ask caches to keep it',
  requirement:
    'The answer to a refused handshake carries nothing that lets a shared cache keep it for others.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-525',
  refs: ['RFC 9111 §5.2.2', 'RFC 6455 §10.3'],
  judges: 'endpoint',
  why: 'What a cache is asked to keep it gives to others: a refusal that one client has earned.',
  remedy: 'Answer refusals with Cache-Control: no-store.',
  async run(probe) {
    await probe.acquaintance();
    const made = await probe.dial({ change: { 'Sec-WebSocket-Version': '777' } });
    if (!made.answer || made.handshake === 'accepted')
      return skip('no handshake is refused with an answer here');
    if (isBusy(made)) return skip(`the server has too much to do to tell: ${made.answer.status}`);
    const { status, headers } = made.answer;
    const control = valueOf({ fields: headers }, 'Cache-Control') ?? '';
    const expires = valueOf({ fields: headers }, 'Expires');
    const shared =
      /\bpublic\b|\bs-maxage=[1-9]|\bmax-age=[1-9]/i.test(control) && !/no-store|private/i.test(control);
    const said = `${status}${control && ` with Cache-Control: ${show(control, 60)}`}`;
    if (!shared) return pass(`refused with ${said}${expires ? ` and Expires: ${show(expires, 40)}` : ''}`);
    return warn(`refused with ${said}`, { expected: 'no-store, or nothing', actual: show(control, 60) });
  },
} satisfies Check;
