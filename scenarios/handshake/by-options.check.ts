import type { Check } from '../../harness/model.js';
import { mustRefuseEach } from '../opening/refused-each.js';
import { METHOD_FIXES } from './fixes.js';
import { byMethod } from './methods.js';

export default {
  title: 'A handshake by OPTIONS is refused',
  requirement: 'The method of the request MUST be GET.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §4.2.1'],
  judges: 'endpoint',
  why: 'OPTIONS is what is let through without credentials, for the sake of CORS. A server that upgrades it has a way in around whatever guards GET.',
  remedy: 'Answer 405 to an upgrade by anything but GET.',
  fixes: METHOD_FIXES,
  run: (probe) => mustRefuseEach(probe, [byMethod('OPTIONS')]),
} satisfies Check;
