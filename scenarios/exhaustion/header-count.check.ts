import type { Check, Knock, Probe } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { ENOUGH, enough } from '../judging/enough.js';
import { survivalConnections, survived } from '../judging/survival.js';

/** Within, about and beyond what servers keep by themselves. */
const COUNTS = [100, 500, 2100];

/** So many short fields before those of the handshake, which then come too late to be kept. */
const among = (probe: Probe, count: number): Promise<Knock> =>
  probe.knock({ head: (usual) => usual.replace('\r\n', `\r\n${'a:b\r\n'.repeat(count)}`) });

export default {
  title: 'A handshake with thousands of header fields does no harm',
  requirement:
    'A server that receives a request header field line, field value, or set of fields larger than it wishes to process MUST respond with an appropriate 4xx (Client Error) status code.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-476',
  refs: ['RFC 9110 §5.4', 'CVE-2024-37890'],
  judges: 'endpoint',
  why: 'HTTP servers keep so many fields and drop the rest. Code that was told of an upgrade and then finds no Upgrade field among those kept has brought whole servers down, with one request.',
  remedy: 'Refuse requests with more fields than are kept, and take no field for granted.',
  fixes: { ws: 'ws 8.17.1, 7.5.10, 6.2.3 or 5.2.4 and later' },
  reach: 'crash',
  budget: { connections: survivalConnections(COUNTS.length) + COUNTS.length, seconds: 40 },
  run: (probe) =>
    survived(probe, async () => {
      const outcomes: string[] = [];
      for (const count of COUNTS) {
        const made = await among(probe, count);
        const { told, reception, answer } = made;
        if (enough(made)) return skip(ENOUGH);
        if (reception === 'no-answer')
          return fail('an answer, or an end', `${count} fields: ${told}`, { severity: 'medium' });
        if (reception === 'reset' && outcomes.length === 0)
          return skip(`a handshake with ${count} fields is cut off: ${told}`);
        outcomes.push(`${count}: ${answer?.status ?? reception}`);
      }
      return pass(`the server goes on after so many fields (${outcomes.join(', ')})`);
    }),
} satisfies Check;
