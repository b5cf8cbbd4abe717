import type { Check } from '../../harness/model.js';
import { mustAnswer } from './answered.js';

export default {
  title: 'A header field of 7 KiB is taken or refused, and hurts nobody',
  requirement:
    'A server that receives a request header field line, field value, or set of fields larger than it wishes to process MUST respond with an appropriate 4xx (Client Error) status code.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-400',
  refs: ['RFC 9110 §5.4', 'RFC 6585 §5'],
  judges: 'endpoint',
  why: 'Cookies and tokens grow to this size by themselves. A server or hop that says nothing then leaves its users without a reason, and its own memory held.',
  remedy: 'Bound the head, and answer 431 beyond it.',
  fixes: { nginx: 'server { large_client_header_buffers 4 8k; }' },
  run: (probe) =>
    mustAnswer(probe, [
      { name: 'a field of 7 KiB', options: { headers: [['X-Gauntlet', 'a'.repeat(7168)]] } },
    ]),
} satisfies Check;
