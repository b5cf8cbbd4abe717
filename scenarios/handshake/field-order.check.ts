import type { Check } from '../../harness/model.js';
import { mustAccept } from './accepted.js';

const backwards = (head: string): string => {
  const [line, ...fields] = head.split('\r\n').filter((one) => one !== '');
  return [line, ...fields.reverse(), '', ''].join('\r\n');
};

export default {
  title: 'The fields of a handshake may come in any order',
  requirement:
    'Note that, as per RFC 2616, the order of header fields is not important: they may be sent in any order.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §1.3', 'RFC 9110 §5.3'],
  judges: 'endpoint',
  why: 'Every client and every hop has an order of its own. What works with one and not with the next is hard to find.',
  remedy: 'Look fields up by name.',
  run: async (probe) => (await mustAccept(probe, { head: backwards })).verdict,
} satisfies Check;
