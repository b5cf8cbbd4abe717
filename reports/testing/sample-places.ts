import type { HopRecord, PlaceRecord } from '../../harness/model.js';

const client: HopRecord = { role: 'client', name: 'ws', version: '8.23.0', runtime: 'in-process' };
const origin: HopRecord = {
  role: 'origin',
  name: 'echo',
  title: 'echo origin',
  version: '0.1.0',
  runtime: 'in-process',
};

const nginx = (title: string, lines: string): HopRecord => ({
  role: 'reverse',
  name: 'nginx',
  title,
  version: '1.22.1',
  runtime: 'process',
  files: {
    'nginx.conf': `daemon off;\nworker_processes 1;\nevents {}\nhttp {\n  server {\n    listen 127.0.0.1:43121;\n    location / {\n      proxy_pass http://127.0.0.1:41001;\n${lines}    }\n  }\n}\n`,
  },
  log: '2025/03/04 05:06:09 [info] 4242#4242: *3 upstream timed out (110: Connection timed out) while proxying upgraded connection\n127.0.0.1 - - [04/Mar/2025:05:06:09 +0000] "GET /echo?gauntlet=3f9a HTTP/1.1" 101 27\n',
});

const squid = (role: 'forward' | 'reverse', title: string): HopRecord => ({
  role,
  name: 'squid',
  title,
  version: '5.7',
  runtime: 'process',
  files: {
    'squid.conf':
      'http_port 127.0.0.1:43555\nacl localnet src 127.0.0.0/8\nhttp_access allow localnet\nread_timeout 3 seconds\nhttp_upgrade_request_protocols websocket allow all\n',
  },
  log: '1741064769.123   3104 127.0.0.1 TCP_TUNNEL/101 512 GET http://gauntlet.test/echo - HIER_DIRECT/127.0.0.1 -\n',
});

const aware =
  '      proxy_http_version 1.1;\n      proxy_set_header Upgrade $http_upgrade;\n      proxy_set_header Connection "upgrade";\n      proxy_read_timeout 2s;\n';

export const places: Readonly<Record<string, PlaceRecord>> = {
  'plain/direct': { title: 'Straight to the origin', hops: [client, origin] },
  'plain/nginx': {
    title: 'nginx that forwards Upgrade',
    capture: 'captures/plain-nginx.pcapng',
    hops: [client, nginx('nginx that forwards Upgrade', aware), origin],
  },
  'plain/nginx-stripping': {
    title: 'nginx with a plain proxy_pass',
    hops: [client, nginx('nginx with a plain proxy_pass', ''), origin],
  },
  'chain/squid-nginx': {
    title: 'Squid as accelerator, then nginx',
    hops: [
      client,
      squid('reverse', 'Squid as accelerator'),
      nginx('nginx that forwards Upgrade', aware),
      origin,
    ],
  },
  'tunnel/squid-connect': {
    title: 'CONNECT through Squid as shipped',
    hops: [client, squid('forward', 'Squid as shipped'), origin],
  },
  'tls/nginx-terminating': {
    title: 'wss ended at nginx, ws behind',
    hops: [client, nginx('nginx that ends TLS', aware), origin],
  },
  'tls/mockttp-inspecting': {
    title: 'wss inspected by mockttp',
    hops: [
      client,
      {
        role: 'forward',
        name: 'mockttp',
        title: 'mockttp that opens TLS',
        version: '4.6.5',
        runtime: 'in-process',
      },
      origin,
    ],
  },
  'toxic/black-hole': {
    title: 'A path that goes silent',
    hops: [
      client,
      {
        role: 'transparent',
        name: 'toxiproxy',
        title: 'embedded Toxiproxy, timeout toxic',
        version: '0.1.0',
        runtime: 'in-process',
        standIn: true,
        files: { 'toxics.json': '[{ "type": "timeout", "attributes": { "timeout": 0 } }]\n' },
      },
      origin,
    ],
  },
  'reverse/stand-in': {
    title: 'A reverse proxy on node:http that strips hop-by-hop headers',
    hops: [
      client,
      {
        role: 'reverse',
        name: 'strict-proxy',
        title: 'node:http, strips hop-by-hop headers',
        runtime: 'in-process',
        standIn: true,
      },
      origin,
    ],
  },
};
