import type { Check } from '../../harness/model.js';
import { mustRefuse } from './refused.js';

export default {
  title: 'A handshake by POST is refused',
  requirement: 'The method of the request MUST be GET.',
  severity: 'high',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §4.2.1'],
  kind: 'vulnerability',
  judges: 'either',
  why: 'Forms and fetch can make cross-site POST requests. A hop or server that upgrades them opens a raw tunnel where an attacker may choose the path.',
  remedy:
    'Answer 405 or 400 to an upgrade by anything but GET. nginx: limit_except GET { deny all; } in the location; HAProxy: http-request deny if { hdr(upgrade) -i websocket } !METH_GET',
  fixes: {
    nginx: 'if ($request_method != GET) { return 405; }',
    haproxy: 'http-request deny deny_status 405 if { hdr(upgrade) -i websocket } !METH_GET',
  },
  async run(probe) {
    const { verdict } = await mustRefuse(probe, {
      options: { method: 'POST', headers: [['Content-Length', '0']] },
      expected: '405 or 400',
      remains: ({ method }) => method === 'POST',
    });
    // What makes it grave is a hop that goes by the method, and there none is known of.
    const grave = probe.ours || verdict.severity !== undefined ? {} : { severity: 'medium' as const };
    return { ...verdict, ...grave };
  },
} satisfies Check;
