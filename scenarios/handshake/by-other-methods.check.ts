import type { Check } from '../../harness/model.js';
import { mustRefuseEach } from '../opening/refused-each.js';
import { METHOD_FIXES } from './fixes.js';
import { byMethod } from './methods.js';

export default {
  title: 'A handshake by PUT, PATCH or DELETE is refused',
  requirement: 'The method of the request MUST be GET.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §4.2.1'],
  judges: 'endpoint',
  why: 'Rules of hops are written for methods. A server that looks at the headers alone upgrades where nobody thought of it.',
  remedy: 'Answer 405 to an upgrade by anything but GET.',
  fixes: METHOD_FIXES,
  run: (probe) =>
    mustRefuseEach(probe, [
      byMethod('PUT', { body: true }),
      byMethod('PATCH', { body: true }),
      byMethod('DELETE'),
    ]),
} satisfies Check;
