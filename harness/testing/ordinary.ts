import type { Intermediary, Origin } from '../model.js';
import { realServer } from './real-server.js';

/** A server as it is usually set up, and the path at which it takes WebSockets. */
export interface Ordinary {
  origin: Origin;
  via: readonly Intermediary[];
  path: string;
}

const ws = realServer({ script: 'ws', package: 'ws' });

/** https://nginx.org/en/docs/http/websocket.html */
const nginx: Intermediary = {
  name: 'nginx',
  role: 'reverse',
  version: ['nginx', '-v'],
  ready: { by: 'tcp' },
  argv: ({ dir }) => ['nginx', '-c', `${dir}/nginx.conf`],
  files: ({ dir, listen, upstream }) => ({
    'nginx.conf': `daemon off;
pid ${dir}/nginx.pid;
error_log ${dir}/error.log;
events {}
http {
  access_log off;
  client_body_temp_path ${dir}/body;
  proxy_temp_path ${dir}/proxy;
  fastcgi_temp_path ${dir}/fastcgi;
  uwsgi_temp_path ${dir}/uwsgi;
  scgi_temp_path ${dir}/scgi;
  map $http_upgrade $connection_upgrade {
    default upgrade;
    '' close;
  }
  server {
    listen ${listen.host}:${listen.port};
    location / {
      proxy_pass http://${upstream.host}:${upstream.port};
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
    }
  }
}
`,
  }),
};

/** https://www.haproxy.com/documentation/haproxy-configuration-tutorials/protocol-support/websocket/ */
const haproxy: Intermediary = {
  name: 'haproxy',
  role: 'reverse',
  version: ['haproxy', '-v'],
  ready: { by: 'tcp' },
  argv: ({ dir }) => ['haproxy', '-db', '-f', `${dir}/haproxy.cfg`],
  files: ({ listen, upstream }) => ({
    'haproxy.cfg': `defaults
  mode http
  timeout connect 5s
  timeout client 25s
  timeout server 25s
  timeout tunnel 3600s
  timeout http-keep-alive 1s
  timeout http-request 15s
frontend clients
  bind ${listen.host}:${listen.port}
  default_backend servers
backend servers
  server one ${upstream.host}:${upstream.port}
`,
  }),
};

/** The packages in their current versions, and nginx and HAProxy before one, as their manuals set them up. */
export const ORDINARY: Readonly<Record<string, Ordinary>> = {
  ws: { origin: ws, via: [], path: '/' },
  'socket.io': {
    origin: realServer({ script: 'socket.io', package: 'socket.io' }),
    via: [],
    path: '/socket.io/?EIO=4&transport=websocket',
  },
  websocket: { origin: realServer({ script: 'websocket', package: 'websocket' }), via: [], path: '/' },
  'ws behind nginx': { origin: ws, via: [nginx], path: '/' },
  'ws behind haproxy': { origin: ws, via: [haproxy], path: '/' },
};
