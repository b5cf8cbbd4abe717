import type { Check } from '../../harness/model.js';
import { show, valueOf } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { told } from '../opening/told.js';

export default {
  title: 'The 101 announces no body',
  requirement:
    'A server MUST NOT send a Content-Length or Transfer-Encoding header field in any response with a status code of 1xx (Informational).',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 9110 §8.6', 'RFC 9112 §6.1'],
  judges: 'endpoint',
  why: 'A hop that heeds the length reads the first frames as a body, or waits for one that never comes.',
  remedy: 'Leave both fields out of the 101. Look for middleware that adds them to every answer.',
  async run(probe) {
    const { handshake, answer, ...made } = await probe.dial();
    if (handshake !== 'accepted' || !answer)
      return skip(`there is no 101 to judge: ${told({ ...made, handshake, ...(answer && { answer }) })}`);
    const found = ['Content-Length', 'Transfer-Encoding'].flatMap((name) => {
      const value = valueOf({ fields: answer.headers }, name);
      return value === undefined ? [] : [`${name}: ${show(value, 40)}`];
    });
    if (found.length === 0) return pass('neither Content-Length nor Transfer-Encoding');
    return fail('neither Content-Length nor Transfer-Encoding', found.join(', '), { blame: probe.suspect() });
  },
} satisfies Check;
