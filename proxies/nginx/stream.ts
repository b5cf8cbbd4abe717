import type { Address, Site } from '../../harness/model.js';
import { hostPort } from '../common/address.js';
import { certificateOf, httpPaths, mainDirectives, setting, verifiedUpstream } from './common.js';
import type { NginxOptions } from './index.js';

/**
 * Where distributions that package the stream module by itself say how to load it: Debian, Alpine, Fedora. A
 * pattern that fits no file is no error to nginx, so a binary with the module built in loads nothing.
 */
const moduleLoaders = [
  '/etc/nginx/modules-enabled/*mod-stream.conf',
  '/etc/nginx/modules/*_stream.conf',
  '/usr/share/nginx/modules/mod-stream.conf*',
];

/** A TCP relay, and a listener of its own for readiness: to ask the relay would be to connect to what lies behind. */
export function streamConfig({ tls, streamTimeout }: NginxOptions, site: Site): string {
  const secure = tls ? ' ssl' : '';
  return `${moduleLoaders.map((pattern) => `include ${pattern};\n`).join('')}${mainDirectives(site)}
stream {
  log_format gauntlet '$msec $remote_addr:$remote_port $protocol $status upstream=$upstream_addr '
                      'sent=$bytes_sent received=$bytes_received $session_time';
  access_log ${site.dir}/access.log gauntlet;

  server {
    listen ${hostPort(site.listen)}${secure};
${tls ? certificateOf(site, '    ') : ''}\
    proxy_pass ${hostPort(site.upstream)};
${setting('proxy_timeout', streamTimeout, '    ')}${
  tls && site.upstreamTls ? `    proxy_ssl on;\n${verifiedUpstream(site, '    ')}` : ''
}\
  }
}

http {
${httpPaths(site)}
  access_log off;
  server {
    listen ${hostPort(readyAddress(site))}${secure};
${tls ? certificateOf(site, '    ') : ''}\
    return 204;
  }
}
`;
}

function readyAddress({ ports }: Site): Address {
  const ready = ports.ready;
  if (!ready) throw new Error('nginx as a TCP relay needs its listener "ready"; the site has none');
  return ready;
}
