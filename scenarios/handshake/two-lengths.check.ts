import type { Check } from '../../harness/model.js';
import { valueOf } from '../../harness/protocol/index.js';
import { fail } from '../../harness/verdict.js';
import { mustRefuse } from '../opening/refused.js';
import { moreLines } from './lines.js';

const BODY = '0\r\n\r\n';

export default {
  title: 'A handshake with both Content-Length and Transfer-Encoding is refused',
  requirement:
    'A server MAY reject a request that contains both Content-Length and Transfer-Encoding or process such a request in accordance with the Transfer-Encoding alone. Regardless, the server MUST close the connection after responding to such a request.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-444',
  refs: ['RFC 9112 §6.1', 'RFC 9112 §6.3'],
  judges: 'endpoint',
  why: 'Two lengths are the classic of request smuggling: one hop goes by the first and the next by the second. A 101 keeps the connection, which the standard forbids.',
  remedy: 'Answer 400 and close.',
  fixes: {
    ws: "verifyClient: ({ req }, done) => done(!req.headers['transfer-encoding'], 400)",
  },
  async run(probe) {
    const { verdict, made } = await mustRefuse(probe, {
      options: {
        // Both say the same of this body, so that nobody waits for more of it.
        ...moreLines(`Content-Length: ${BODY.length}\r\nTransfer-Encoding: chunked\r\n`),
        early: Buffer.from(BODY),
      },
      expected: '400, and the end of the connection',
      remains: (head) =>
        valueOf(head, 'Content-Length') !== undefined && valueOf(head, 'Transfer-Encoding') !== undefined,
    });
    if (made.handshake !== 'accepted' || verdict.outcome !== 'warn') return verdict;
    // That it ends later, over what was left of the body, makes the 101 no better.
    return fail(verdict.expected ?? '400', verdict.message, { measured: verdict.measured ?? {} });
  },
} satisfies Check;
