import type { Check } from '../../harness/model.js';
import { tokensOf } from '../../harness/protocol/index.js';
import { mustRefuseEach, type Named } from '../opening/refused-each.js';

const connection = (value?: string): Named => ({
  name: value === undefined ? 'no Connection' : `Connection: ${value}`,
  options: { change: { Connection: value } },
  expected: 'any answer but 101',
  remains: (head) => !tokensOf(head, 'Connection').includes('upgrade'),
  ordinary: true,
});

export default {
  title: 'Without "upgrade" in Connection nothing is upgraded',
  requirement:
    'The handshake has a Connection header field that includes the token "Upgrade". A sender of Upgrade MUST also send an "Upgrade" connection option.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-444',
  refs: ['RFC 6455 §4.2.1', 'RFC 9110 §7.8'],
  judges: 'endpoint',
  why: 'Without that option, Upgrade is a leftover of an earlier hop, and not meant for the one that reads it. A hop that goes by Connection sees an ordinary request where the server switches to frames.',
  remedy:
    'Look for the token in the list that Connection is. An nginx that makes Connection from $http_upgrade alone puts it right for the client: look at $http_connection too.',
  fixes: { nginx: 'if ($http_connection !~* "(^|,)[ \\t]*upgrade[ \\t]*(,|$)") { return 400; }' },
  run: (probe) => mustRefuseEach(probe, [connection(), connection('keep-alive'), connection('upgraded')]),
} satisfies Check;
