import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { dial } from '../../harness/clients/dial.js';
import { ask } from '../../harness/clients/http.js';
import type { Intermediary } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../nginx/index.js';
import { squid } from '../squid/index.js';
import { needing, place } from '../testing/place.js';
import { type UserFileOptions, userFile } from './user-file.js';

const of = (t: Test, name: string, files: Record<string, unknown>, options?: UserFileOptions) =>
  userFile(join(t.testdir(files as Record<string, string>), name), options);

/** As Debian and certbot leave them, with a service of docker-compose behind; the paths are those of a live machine. */
const live = {
  'nginx.conf': `user www-data;
worker_processes auto;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log;
events { worker_connections 768; }
http {
  sendfile on;
  include mime.types;
  access_log /var/log/nginx/access.log;
  include sites-enabled/*;
}
`,
  'mime.types': 'types { text/html html; }',
  'sites-enabled': {
    'app.conf': `map $http_upgrade $connection_upgrade { default upgrade; '' close; }
upstream app { server app:3000; server app-2:3000; }
server { listen 80 default_server; listen [::]:80 default_server; return 301 https://$host$request_uri; }
server {
  listen 443 ssl http2; listen [::]:443 ssl http2;
  server_name app.example.com;
  ssl_certificate /etc/letsencrypt/live/app.example.com/fullchain.pem;
  ssl_certificate_key /etc/letsencrypt/live/app.example.com/privkey.pem;
  location / { proxy_pass http://web:8080; }
  location /ws/ {
    include proxy.inc;
    proxy_pass http://app/;
  }
}
server { listen 443 ssl http2 default_server; server_name _; ssl_reject_handshake on; }
`,
  },
  'proxy.inc': `proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection $connection_upgrade;
proxy_read_timeout 1s;
`,
};

t.test('nginx: a live machine’s files', await needing(nginx()), async (t) => {
  const { route, sightings, hops } = await place(t, [of(t, 'nginx.conf', live)]);
  t.match(route.url, /^wss:/);
  await using attempt = await dial(route);
  t.ok(attempt.conforms, attempt.failure ?? 'a right 101');
  t.equal(attempt.issuer, 'wsgauntlet lab CA');
  t.ok(await attempt.peer?.echo());
  const sighting = (await sightings!.of(attempt.token, 1000))!;
  t.match(sighting.head, /^GET \/echo\?/);
  t.match(await attempt.peer!.farewell(4000), { how: 'fin' });
  t.match(hops[0]!.service.logs(), /"GET \/echo\?gauntlet=\w+ HTTP\/1\.1" 101/);
});

t.test('nginx: the other location of it, and an origin with TLS', await needing(nginx()), async (t) => {
  const { route } = await place(t, [of(t, 'nginx.conf', live, { upstream: 'web:8080' })]);
  await using attempt = await dial(route);
  t.equal(attempt.answer?.status, 400, 'Upgrade is stripped');
  const secure = await place(t, [of(t, 'nginx.conf', live)], echo({ tls: true }));
  await using over = await dial(secure.route);
  t.ok(await over.peer?.echo());
});

t.test('nginx: server blocks alone, and a TCP relay', await needing(nginx({ stream: true })), async (t) => {
  const { route } = await place(t, [
    of(t, 'site', { site: 'server { listen 80; location / { proxy_pass http://app:3000; } }' }),
  ]);
  t.equal((await ask(route, '/status/203')).status, 203);
  const stream = `load_module /usr/lib/nginx/modules/ngx_stream_module.so;
events {} stream { upstream app { server app:1; } server { listen 443; proxy_pass app; proxy_timeout 1s; } }`;
  const relay = await place(t, [of(t, 'nginx.conf', { 'nginx.conf': stream })], echo({ tls: true }));
  await using attempt = await dial(relay.route);
  t.ok(await attempt.peer?.echo(), attempt.failure ?? 'an echo');
});

t.test('nginx: what it says of a broken file', await needing(nginx()), async (t) => {
  const text =
    'events {}\nhttp {\n  frobnicate on;\n  server { listen 80; location / { proxy_pass http://a:1; } }\n}\n';
  await t.rejects(place(t, [of(t, 'nginx.conf', { 'nginx.conf': text })]), {
    message: /unknown directive "frobnicate" in \S+\/nginx\.conf:3/,
  });
});

const haproxy = `global
  log /dev/log local0
  chroot /var/lib/haproxy
  stats socket /run/haproxy/admin.sock mode 660 level admin
  user haproxy
  group haproxy
  daemon
defaults
  mode http
  log global
  option httplog
  timeout connect 5s
  timeout client 50s
  timeout server 50s
  timeout tunnel 1s
frontend web
  bind *:80
  bind *:443 ssl crt /etc/haproxy/site.pem
  use_backend sockets if { hdr(Upgrade) -i websocket }
  default_backend pages
backend sockets
  option httpchk GET /health
  server s1 app:3000 check
backend pages
  server p1 web:3000 check
`;

const program: Intermediary = { name: 'haproxy', role: 'reverse', argv: () => ['haproxy'] };

t.test('haproxy: in clear, with TLS, and an origin with TLS', await needing(program), async (t) => {
  const hop = (listen: string) => of(t, 'haproxy.cfg', { 'haproxy.cfg': haproxy }, { listen });
  for (const [listen, origin] of [
    ['80', undefined],
    ['443', undefined],
    ['443', echo({ tls: true })],
  ] as const) {
    const { route, hops } = await place(t, [hop(listen)], origin);
    t.match(route.url, listen === '443' ? /^wss:/ : /^ws:/);
    await using attempt = await dial(route);
    t.ok(await attempt.peer?.echo(), attempt.failure ?? 'an echo');
    t.match(await attempt.peer!.farewell(4000), { how: 'fin' });
    const logged = () => /web~? sockets\/s1/.test(hops[0]!.service.logs());
    for (let tries = 0; tries < 100 && !logged(); tries++) await sleep(20);
    t.ok(logged(), 'its log is at hand');
  }
});

t.test(
  'squid: as Debian ships it, an accelerator, inspection',
  await needing(squid({ mode: 'inspect' })),
  async (t) => {
    const debian = `acl SSL_ports port 443
acl Safe_ports port 80 443 1025-65535
http_access deny !Safe_ports
http_access deny CONNECT !SSL_ports
include /etc/squid/conf.d/*.conf
http_access allow localhost
http_access deny all
http_port 3128
coredump_dir /var/spool/squid
refresh_pattern . 0 20% 4320
`;
    const accelerator = `http_port 80 accel defaultsite=example.com
cache_peer app.internal parent 3000 0 no-query originserver name=app
http_access allow all
http_upgrade_request_protocols websocket allow all
`;
    const inspecting = `http_port 3128 ssl-bump generate-host-certificates=on tls-cert=/etc/ca.pem
sslcrtd_program /usr/lib/squid/security_file_certgen -s /var/lib/ssl_db -M 4MB
acl step1 at_step SslBump1
ssl_bump peek step1
ssl_bump bump all
http_access allow all
http_upgrade_request_protocols websocket allow all
sslproxy_cert_error allow all
`;
    const refusing = await place(t, [of(t, 'squid.conf', { 'squid.conf': debian })]);
    await using refused = await dial(refusing.route);
    t.equal(refused.proxyStatus, 403);
    for (const [text, origin] of [
      [accelerator, undefined],
      [accelerator, echo({ tls: true })],
      [inspecting, echo({ tls: true })],
    ] as const) {
      const { route, sightings } = await place(t, [of(t, 'squid.conf', { 'squid.conf': text })], origin);
      await using attempt = await dial(route);
      t.ok(await attempt.peer?.echo(), attempt.failure ?? 'an echo');
      t.match((await sightings!.of(attempt.token, 1000))?.head, /\r\nVia: /);
    }
  },
);
