import type { Check } from '../../harness/model.js';
import { valueOf } from '../../harness/protocol/index.js';
import { fail, warn } from '../../harness/verdict.js';
import { judge, type Wrong } from '../opening/refused.js';
import { hixie, withOrigin } from './hixie.js';

export default {
  title: 'The handshake of Hixie-75 is refused',
  requirement:
    'A server accepts handshakes with a Sec-WebSocket-Key and a Sec-WebSocket-Version that it understands; those of the first drafts have neither.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-1104',
  refs: ['RFC 6455 §4.2.1', 'RFC 6455 §10.3'],
  judges: 'endpoint',
  why: 'That draft has no key and no masking: a form or a plug-in can make the handshake, and then write octets of its choice, which poisons the caches of hops. It was taken out of browsers for that.',
  remedy: 'Switch the drafts off, or use a library that does not know them.',
  fixes: { nginx: 'if ($http_sec_websocket_version != "13") { return 400; }' },
  async run(probe) {
    const right = withOrigin(probe);
    const bystander = await probe.meet(right);
    const wrong: Wrong = { options: hixie(probe), right, expected: '400 or 426' };
    const made = await probe.dial(wrong.options);
    if (made.handshake !== 'accepted') return judge(probe, wrong, made, bystander);
    const measured = { handshake: made.handshake, status: 101 };
    const spoken = valueOf({ fields: made.answer?.headers ?? [] }, 'WebSocket-Location') !== undefined;
    if (spoken)
      return fail(wrong.expected, 'accepted as the draft has it', { measured, blame: probe.suspect() });
    const actual = 'accepted, though not as the draft has it';
    return warn(actual, { measured, expected: wrong.expected, actual, severity: 'low' });
  },
} satisfies Check;
