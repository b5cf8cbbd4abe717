import type { RemedyUnit } from '../../common/remedies.js';
import { blocks } from '../blocks.js';
import type { NginxOptions } from '../index.js';

export default {
  title: 'forward Upgrade and Connection, over HTTP/1.1',
  checks: [
    'opening/upgrade',
    'opening/headers-kept',
    'opening/http-version',
    'opening/case-insensitive',
    'fallback/carries',
    'fallback/returns',
  ],
  parts: () => [
    {
      where: blocks.http,
      lines: ['map $http_upgrade $connection_upgrade {', '  default upgrade;', "  '' close;", '}'],
    },
    {
      where: blocks.location,
      lines: [
        'proxy_http_version 1.1;',
        'proxy_set_header Upgrade $http_upgrade;',
        'proxy_set_header Connection $connection_upgrade;',
      ],
    },
  ],
  note: () =>
    'It passes on whatever Upgrade says, h2c included; see cross-protocol/h2c for lines that pass websocket alone.',
  apply: (options) => (options.stream || options.websocket ? undefined : { ...options, websocket: true }),
} satisfies RemedyUnit<NginxOptions>;
