import type { RemedyUnit } from '../../common/remedies.js';
import { blocks } from '../blocks.js';
import type { NginxOptions } from '../index.js';

export default {
  title: 'pass Upgrade on only where it says websocket, and with that value alone',
  checks: ['cross-protocol/h2c'],
  parts: () => [
    {
      where: blocks.http,
      lines: [
        'map $http_upgrade $websocket_upgrade {',
        "  default '';",
        '  ~*^websocket$ websocket;',
        '}',
        'map $websocket_upgrade $websocket_connection {',
        '  default upgrade;',
        "  '' close;",
        '}',
      ],
    },
    {
      where: blocks.location,
      lines: [
        'proxy_http_version 1.1;',
        'proxy_set_header Upgrade $websocket_upgrade;',
        'proxy_set_header Connection $websocket_connection;',
      ],
    },
  ],
  apply: (options) =>
    options.stream || options.websocket === 'alone' ? undefined : { ...options, websocket: 'alone' },
} satisfies RemedyUnit<NginxOptions>;
