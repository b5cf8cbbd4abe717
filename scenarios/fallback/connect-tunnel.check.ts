import type { Check, Measured } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { hopeless, longest, story, streamPath } from './stream.js';

export default {
  title: 'A CONNECT tunnel carries WebSocket through the forward proxy',
  requirement:
    'A client that is configured to use a proxy asks it to open a TCP connection to the host and port of the far end.',
  severity: 'medium',
  refs: ['RFC 6455 §4.1', 'RFC 9110 §9.3.6'],
  why: 'Behind a forward proxy a tunnel is the regular way for WebSocket, and often the only one.',
  remedy:
    'Allow CONNECT to the port in question (squid: SSL_ports and Safe_ports), or serve wss on port 443.',
  async run(probe) {
    if (!probe.route.proxy) return skip('there is no forward proxy on this path');
    const session = await probe.live({
      path: streamPath({ count: 5, everyMs: 40 }),
      transports: ['connect'],
    });
    await session.until((s) => s.received.length >= 5 || hopeless(s, ['connect']), longest(probe));
    const carried = session.received.length >= 5;
    const measured: Measured = carried
      ? { transport: 'connect', switchMs: Math.round(session.firstMs ?? 0) }
      : {};
    if (carried) return pass('the tunnel carries', { measured });
    return fail('a tunnel that carries', story(session), { measured, blame: probe.suspect() });
  },
} satisfies Check;
