import type { RemedyUnit } from '../../common/remedies.js';
import { SQUID_CONF } from '../file.js';
import type { SquidOptions } from '../index.js';

export default {
  title: 'forward Upgrade: websocket',
  checks: ['opening/upgrade', 'opening/headers-kept', 'fallback/carries', 'fallback/returns'],
  when: ({ message }) => !/ to CONNECT\b/.test(message),
  parts: () => [{ where: SQUID_CONF, lines: ['http_upgrade_request_protocols websocket allow all'] }],
  note: () => 'Squid 5 and later; older ones can be passed by CONNECT alone.',
  apply: (options) => (options.upgrade ? undefined : { ...options, upgrade: true }),
} satisfies RemedyUnit<SquidOptions>;
