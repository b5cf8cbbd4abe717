import type { Site } from '../../harness/model.js';
import { hostPort } from '../common/address.js';
import { certificateOf, httpPaths, mainDirectives, setting, verifiedUpstream } from './common.js';
import type { NginxOptions } from './index.js';

// https://nginx.org/en/docs/http/websocket.html
const upgradeMap = `
  map $http_upgrade $connection_upgrade {
    default upgrade;
    '' close;
  }
`;
const websocketMaps = `
  map $http_upgrade $websocket_upgrade {
    default '';
    ~*^websocket$ websocket;
  }
  map $websocket_upgrade $websocket_connection {
    default upgrade;
    '' close;
  }
`;
const headersOf = (upgrade: string, connection: string) => `\
      proxy_http_version 1.1;
      proxy_set_header Upgrade ${upgrade};
      proxy_set_header Connection ${connection};
`;

function forwarding(websocket: NginxOptions['websocket']): { maps: string; headers: string } {
  if (!websocket) return { maps: '', headers: '' };
  if (websocket === 'alone')
    return { maps: websocketMaps, headers: headersOf('$websocket_upgrade', '$websocket_connection') };
  return { maps: upgradeMap, headers: headersOf('$http_upgrade', '$connection_upgrade') };
}

/** A reverse proxy for everything below `/`, but for the one path that answers by itself. */
export function httpConfig(options: NginxOptions, site: Site): string {
  const { websocket, readTimeout, buffering, tls, oldTls, lines = [] } = options;
  const { maps, headers } = forwarding(websocket);
  const scheme = site.upstreamTls ? 'https' : 'http';
  return `${mainDirectives(site)}
http {
${httpPaths(site)}
  log_format gauntlet '$msec $remote_addr:$remote_port "$request" $status upgrade="$http_upgrade" '
                      'upstream=$upstream_addr $upstream_status $body_bytes_sent $request_time';
  access_log ${site.dir}/access.log gauntlet;
${maps}
  server {
    listen ${hostPort(site.listen)}${tls ? ' ssl' : ''};
${tls ? certificateOf(site, '    ', oldTls) : ''}
    location / {
      proxy_pass ${scheme}://${hostPort(site.upstream)};
      proxy_set_header Host $http_host;
${headers}${setting('proxy_read_timeout', readTimeout, '      ')}${
  buffering === undefined ? '' : `      proxy_buffering ${buffering ? 'on' : 'off'};\n`
}${lines.map((line) => `      ${line}\n`).join('')}${site.upstreamTls ? verifiedUpstream(site, '      ') : ''}\
    }
    location = /gauntlet-ready {
      access_log off;
      return 204;
    }
  }
}
`;
}
