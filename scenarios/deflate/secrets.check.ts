import type { Check } from '../../harness/model.js';
import { info, pass } from '../../harness/verdict.js';
import { answered, offer } from './terms.js';

const OFFER = 'permessage-deflate; client_max_window_bits';

export default {
  title: 'Messages are not compressed together with what others may choose',
  requirement:
    'There is a known exploit when history-based compression is combined with a secure transport. Implementors should give attention to this point when integrating this extension with other extensions or protocols.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-310',
  refs: ['RFC 7692 §8', 'RFC 7457 §2.6'],
  judges: 'endpoint',
  why: 'TLS hides what is sent and not how long it is. Where a token or a mail address travels in the same context as text that somebody else can have sent (a chat message, a search), each right guess makes a message shorter.',
  remedy: 'Turn compression off for messages with secrets, or do without context takeover.',
  fixes: { ws: 'new WebSocketServer({ perMessageDeflate: false }) // its default' },
  async run(probe) {
    await using _ = await probe.meet();
    const made = await offer(probe, OFFER);
    const agreed = made.handshake === 'accepted' ? answered(made) : undefined;
    if (!agreed) return pass('compression is offered and not agreed to');
    const alone = agreed.params.some(([name]) => name === 'server_no_context_takeover');
    const told = alone ? 'each message by itself' : 'in one context for all messages of a connection';
    return info(
      `the server compresses, ${told}: see that no secret goes out beside text of somebody else’s choice`,
      { contextTakeover: !alone },
    );
  },
} satisfies Check;
