import type { RemedyUnit } from '../../common/remedies.js';
import { SQUID_CONF } from '../file.js';
import type { SquidOptions } from '../index.js';

export default {
  title: 'forward Upgrade however websocket is written',
  checks: ['opening/case-insensitive'],
  parts: () => [
    {
      where: SQUID_CONF,
      lines: ['websocket', 'WebSocket', 'Websocket', 'WEBSOCKET'].map(
        (name) => `http_upgrade_request_protocols ${name} allow all`,
      ),
    },
  ],
  note: () =>
    'Squid compares these names with their case. OTHER instead of the last three would take every spelling, and every other protocol with it.',
  apply: (options) => (options.upgrade === 'any-case' ? undefined : { ...options, upgrade: 'any-case' }),
} satisfies RemedyUnit<SquidOptions>;
