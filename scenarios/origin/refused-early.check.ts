import type { Check } from '../../harness/model.js';
import { pass, skip, warn } from '../../harness/verdict.js';
import { isBusy } from '../judging/seen.js';
import { policyOf } from './policy.js';

export default {
  title: 'A foreign origin is refused before the 101',
  requirement:
    'If the server does not wish to accept this connection, it MUST return an appropriate HTTP error code (e.g., 403 Forbidden) and abort the WebSocket handshake.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-696',
  refs: ['RFC 6455 §4.2.2', 'RFC 6455 §10.2'],
  judges: 'endpoint',
  why: 'A server that accepts first and refuses afterwards has opened a connection for a hostile page, may have sent it a greeting, and keeps it from seeing a plain 403 in its logs.',
  remedy: 'Judge Origin in the handler of the upgrade, before the 101.',
  budget: { connections: 12 },
  async run(probe) {
    const { foreign } = await policyOf(probe);
    if (foreign.reception === 'refused' && !isBusy(foreign)) return pass(foreign.told);
    if (foreign.reception === 'late') {
      const messages = foreign.messages.length;
      const sent =
        messages === 0 ? '' : `, after ${messages} message${messages === 1 ? '' : 's'} of the server’s`;
      return warn(`refused after the 101 only: ${foreign.told}${sent}`, {
        expected: '403 instead of the 101',
      });
    }
    if (foreign.reception === 'accepted') return skip('a foreign origin is let in');
    return skip(`it is not clear what becomes of a foreign origin: ${foreign.told}`);
  },
} satisfies Check;
