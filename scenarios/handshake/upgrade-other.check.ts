import type { Check } from '../../harness/model.js';
import { valueOf } from '../../harness/protocol/index.js';
import { mustRefuseEach, type Named } from '../opening/refused-each.js';

const upgradeTo = (token: string): Named => ({
  name: `Upgrade: ${token}`,
  options: { change: { Upgrade: token } },
  expected: 'any answer but 101',
  remains: (head) => valueOf(head, 'Upgrade') === token,
  ordinary: true,
});

export default {
  title: 'An upgrade to another protocol is not taken for one to WebSocket',
  requirement:
    'The handshake has an Upgrade header field containing the value "websocket". A server MUST NOT switch to a protocol that was not indicated by the client in the corresponding request’s Upgrade header field.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.2.1', 'RFC 9110 §7.8'],
  judges: 'endpoint',
  why: 'A hop that lets "websocket" pass and nothing else is walked around where the server takes any token, or any that begins so.',
  remedy: 'Compare the whole token with "websocket", in any case.',
  fixes: { nginx: 'if ($http_upgrade !~* "^websocket$") { return 426; }' },
  run: (probe) => mustRefuseEach(probe, ['gauntlet', 'websocketx', 'xwebsocket'].map(upgradeTo)),
} satisfies Check;
