import type { Check } from '../../harness/model.js';
import { info } from '../../harness/verdict.js';

export default {
  title: 'Whether the client says by Origin where it comes from',
  requirement:
    'The request MUST include a header field with the name Origin if the request is coming from a browser client. If the connection is from a non-browser client, the request MAY include this header field.',
  severity: 'info',
  kind: 'hardening',
  judges: 'client',
  lures: true,
  refs: ['RFC 6455 §4.1', 'RFC 6455 §10.2'],
  why: "Servers tell by it which page a browser's connection comes from. Programs need not send it, and can send any.",
  remedy: 'Nothing to do: servers must not take the Origin of a program for proof of anything.',
  async run(probe) {
    const origin = (await probe.habits()).visit.value('origin');
    return info(origin === undefined ? 'no Origin' : `Origin: ${origin}`, { origin: origin ?? 'none' });
  },
} satisfies Check;
