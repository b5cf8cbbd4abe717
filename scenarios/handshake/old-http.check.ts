import type { Check } from '../../harness/model.js';
import { mustRefuse } from '../opening/refused.js';
import { HTTP_VERSION_FIXES } from './fixes.js';

export default {
  title: 'An upgrade by HTTP/1.0 is ignored or refused',
  requirement:
    'A server that receives an Upgrade header field in an HTTP/1.0 request MUST ignore that Upgrade field.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 9110 §7.8', 'RFC 6455 §4.2.1'],
  judges: 'endpoint',
  why: 'Hops of HTTP/1.0 pass on headers that they do not know, Upgrade among them, and then read frames as an answer’s body.',
  remedy: 'Upgrade requests of HTTP/1.1 alone.',
  fixes: HTTP_VERSION_FIXES,
  async run(probe) {
    const { verdict } = await mustRefuse(probe, {
      options: { httpVersion: '1.0' },
      expected: 'any answer but 101',
      remains: ({ version }) => version === '1.0',
      ordinary: true,
    });
    return verdict;
  },
} satisfies Check;
