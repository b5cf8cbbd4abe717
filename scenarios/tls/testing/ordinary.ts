import type { Intermediary } from '../../../harness/model.js';
import { nginx } from '../../../proxies/nginx/index.js';

const front = nginx({ websocket: true, tls: true, oldTls: false });

/** nginx with TLS and HTTP/2, as its manual has it, in front of a WebSocket server. */
export const ordinaryNginx: Intermediary = {
  ...front,
  files: (site) => {
    const { 'nginx.conf': conf = '' } = front.files!(site);
    return { 'nginx.conf': conf.replace(' ssl;', ' ssl http2;') };
  },
};

/** HAProxy with TLS, as its manual has it, in front of a WebSocket server. */
export const ordinaryHaproxy: Intermediary = {
  name: 'haproxy',
  role: 'reverse',
  tls: true,
  version: ['haproxy', '-v'],
  files: ({ dir, listen, upstream }) => ({
    'haproxy.cfg': `
global
  ssl-default-bind-options ssl-min-ver TLSv1.2
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  timeout tunnel 1h
frontend front
  bind ${listen.host}:${listen.port} ssl crt ${dir}/site.pem alpn h2,http/1.1
  default_backend back
backend back
  server one ${upstream.host}:${upstream.port}
`,
  }),
  // It wants certificate and key in one file.
  argv: ({ dir, cert, key }) => [
    'sh',
    '-c',
    `cat ${cert} ${key} > ${dir}/site.pem && exec haproxy -db -f ${dir}/haproxy.cfg`,
  ],
  ready: { by: 'tcp' },
};
