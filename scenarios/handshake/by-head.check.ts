import type { Check } from '../../harness/model.js';
import { mustRefuseEach } from '../opening/refused-each.js';
import { METHOD_FIXES } from './fixes.js';
import { byMethod } from './methods.js';

export default {
  title: 'A handshake by HEAD is refused',
  requirement: 'The method of the request MUST be GET.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §4.2.1'],
  judges: 'endpoint',
  why: 'No answer to HEAD has a body, and hops count on that: after a 101 one reads frames where the other reads the next answer.',
  remedy: 'Answer 405 to an upgrade by anything but GET.',
  fixes: METHOD_FIXES,
  run: (probe) => mustRefuseEach(probe, [byMethod('HEAD')]),
} satisfies Check;
