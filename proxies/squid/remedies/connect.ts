import type { RemedyUnit } from '../../common/remedies.js';
import type { SquidOptions } from '../index.js';

/** `refused: the proxy answered 403 to CONNECT 127.0.0.1:33751` */
const REFUSED = /answered 403 to CONNECT \S*:(\d{1,5})\b/;

export default {
  title: 'let CONNECT lead to the port of the server',
  checks: ['opening/upgrade', 'fallback/carries', 'fallback/connect-tunnel', 'opening', 'fallback', 'wss'],
  when: ({ message }) => REFUSED.test(message),
  parts: (finding) => [
    {
      where: 'squid.conf, above "http_access deny CONNECT !SSL_ports"',
      lines: [`acl SSL_ports port ${REFUSED.exec(finding?.message ?? '')?.[1] ?? '8443'}`],
    },
  ],
  note: () => 'Port 443 is allowed as Squid ships: wss there needs no such line.',
  apply: (options) => {
    const { mode = 'forward', connect } = options;
    return mode !== 'forward' || connect === 'any' ? undefined : { ...options, connect: 'any' };
  },
} satisfies RemedyUnit<SquidOptions>;
