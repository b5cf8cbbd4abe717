import type { Check } from '../../harness/model.js';
import { mustRefuse } from '../opening/refused.js';

export default {
  title: 'A method in lower case is not taken for GET',
  requirement: 'The method token is case-sensitive.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-178',
  refs: ['RFC 9110 §9.1', 'RFC 6455 §4.2.1'],
  judges: 'endpoint',
  why: 'A rule of a hop for GET does not hold for "get". A server that folds the case does what the hop meant to prevent.',
  remedy: 'Compare methods as they stand; answer 400, 405 or 501 to one that is not known.',
  async run(probe) {
    const { verdict } = await mustRefuse(probe, {
      options: { method: 'get' },
      expected: '400, 405 or 501',
      remains: ({ method }) => method === 'get',
      ordinary: true,
    });
    return verdict;
  },
} satisfies Check;
