import { join } from 'node:path';
import t, { type Test } from 'tap';
import { siteOf } from '../../testing/site.js';
import { type UserFileOptions, userFile } from '../user-file.js';

const ports = {
  'listen-1': { host: '127.0.0.1', port: 8001 },
  'listen-2': { host: '127.0.0.1', port: 8002 },
};
const hopOf = (t: Test, files: Record<string, string>, options: UserFileOptions = {}) =>
  userFile(join(t.testdir(files), Object.keys(files)[0]!), options);
const rewritten = (t: Test, text: string, options: UserFileOptions = {}, change = {}) =>
  hopOf(t, { 'nginx.conf': text }, options).files!(siteOf({ ports, ...change }))['nginx.conf']!;

t.test('where it listens and what it forwards to are ours; lines keep their numbers', async (t) => {
  const text = `# mine
user www-data adm;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log warn;
events { worker_connections 768; }
http {
  access_log /var/log/nginx/access.log combined;
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
  upstream app { server 10.1.1.1:3000 weight=2; server 10.1.1.2:3000 backup; }
  server {
    listen 80 default_server; listen [::]:80 ipv6only=on;
    location / {
      proxy_pass http://app;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade; # "quoted; }"
      proxy_set_header Connection $connection_upgrade;
      proxy_read_timeout 75s;
    }
  }
}
`;
  t.equal(
    rewritten(t, text),
    `daemon off; # mine
user root ;
pid /lab/hop/nginx.pid;
error_log /lab/hop/error.log warn;
events { worker_connections 768; }
http { client_body_temp_path /lab/hop/client_body_temp_path; proxy_temp_path /lab/hop/proxy_temp_path; fastcgi_temp_path /lab/hop/fastcgi_temp_path; uwsgi_temp_path /lab/hop/uwsgi_temp_path; scgi_temp_path /lab/hop/scgi_temp_path;
  access_log /lab/hop/access.log combined;
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
  upstream app { server 10.0.0.2:9000 weight=2; server 10.0.0.2:9000 backup; }
  server {
    listen 127.0.0.1:8080 default_server ; listen 127.0.0.1:8001 ;
    location / {
      proxy_pass http://app;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade; # "quoted; }"
      proxy_set_header Connection $connection_upgrade;
      proxy_read_timeout 75s;
    }
  }
}
`,
  );
  t.match(hopOf(t, { 'nginx.conf': text }), {
    name: 'nginx',
    role: 'reverse',
    tls: undefined,
    ports: ['listen-1'],
    title: 'nginx as nginx.conf has it, from 80 to http://app for /',
  });
});

const site = (body: string) => `events {} http { server { ${body} } }`;

t.test('TLS: the lab’s certificates; the scheme of what lies behind', async (t) => {
  const text =
    site(`listen 443 ssl; ssl_certificate mine.pem; ssl_certificate_key mine.key; ssl_dhparam dh.pem;
    location / { proxy_pass https://app.internal:8443/; proxy_ssl_trusted_certificate internal.pem; }`);
  t.match(hopOf(t, { 'nginx.conf': text }), { tls: true, role: 'reverse' });
  const written = rewritten(t, text);
  t.match(written, 'ssl_certificate /lab/hop/cert.pem; ssl_certificate_key /lab/hop/key.pem;');
  t.match(written, 'proxy_pass http://10.0.0.2:9000/;');
  t.match(written, /ssl_dhparam \/.*\/dh\.pem;/, 'relative to the original');
  t.match(
    rewritten(t, text, {}, { upstreamTls: true }),
    'proxy_pass https://10.0.0.2:9000/; proxy_ssl_trusted_certificate /lab/hop/ca.pem;',
  );
});

t.test('the location that is meant takes all paths', async (t) => {
  const upgrade = 'proxy_set_header Upgrade $http_upgrade;';
  const text = site(`listen 80;
    location / { proxy_pass http://web:3000; }
    location /ws/ { proxy_pass http://app:4000/socket/; ${upgrade} }
    location ~ \\.php$ { fastcgi_pass php:9000; }`);
  const written = rewritten(t, text);
  t.match(written, 'location = /gauntlet-displaced { proxy_pass http://10.0.0.2:9000; }');
  t.match(written, `location ^~ / { proxy_pass http://10.0.0.2:9000/; ${upgrade} }`);
  t.match(written, 'fastcgi_pass 10.0.0.2:9000;', 'nothing reaches what the user runs');
  const other = rewritten(t, text, { upstream: 'web:3000' });
  t.match(other, 'location / { proxy_pass http://10.0.0.2:9000; }');
  t.match(other, 'location /ws/ { proxy_pass http://10.0.0.2:9000/socket/;');
  t.match(rewritten(t, site(`listen 80; location ~ ^/ws { proxy_pass http://app:1; }`)), 'location ^~ / {');
  t.match(rewritten(t, site(`listen 80; location @app { proxy_pass http://app:1; }`)), 'location @app {');
});

t.test('several candidates: a list with lines, and what to say', async (t) => {
  const text = `events {}
http {
  server { listen 80; location /a { proxy_pass http://a:1; } }
  server { listen 81; listen 82 ssl; location /b { proxy_pass http://b:1; } }
}`;
  t.throws(() => rewritten(t, text), {
    message:
      'nginx.conf forwards to several: http://a:1 for /a (nginx.conf:3), http://b:1 for /b (nginx.conf:4); say which one with --upstream',
  });
  t.throws(() => rewritten(t, text, { upstream: 'b:1' }), {
    message:
      'nginx.conf listens at several: 81 (nginx.conf:4), 82 (nginx.conf:4); say which one with --listen',
  });
  t.throws(() => rewritten(t, text, { upstream: 'b:1', listen: '83' }), {
    message:
      'nginx.conf listens at 81 (nginx.conf:4), 82 (nginx.conf:4), not 83; say which one with --listen',
  });
  t.throws(
    () => rewritten(t, text, { upstream: 'c:1' }),
    / forwards to http:\/\/a:1 .*, not c:1; say which one with --upstream/,
  );
  t.match(rewritten(t, text, { listen: '80' }), 'listen 127.0.0.1:8080 default_server; location ^~ / {');
  t.match(
    rewritten(t, text, { upstream: '/b', listen: '82' }),
    'listen 127.0.0.1:8002; listen 127.0.0.1:8080 default_server ssl;',
  );
  t.match(rewritten(t, text, { upstream: ':3' }), 'location ^~ / { proxy_pass http://10.0.0.2:9000; } }');
});

t.test('of server blocks that share an address the one that is meant takes any Host', async (t) => {
  const text = `events {} http {
  server { listen 443 ssl default_server; server_name a.example; return 404; }
  server { listen 443 ssl; server_name b.example; location / { proxy_pass http://b:1; } }
  server { listen 80 default_server; return 301 https://$host$request_uri; }
}`;
  const written = rewritten(t, text);
  t.match(written, 'server { listen 127.0.0.1:8080 ssl ; server_name a.example;');
  t.match(written, 'server { listen 127.0.0.1:8080 default_server ssl; server_name b.example;');
  t.match(written, 'server { listen 127.0.0.1:8001 default_server; return 301');
});

t.test('included files are followed and copied', async (t) => {
  const hop = hopOf(t, {
    'nginx.conf': 'events {}\nhttp { include mime.types; include conf.d/*.conf; include nothing/*; }',
    'mime.types': 'types { text/html html; }',
    'conf.d': {
      'app.conf': 'server {\n  listen 80;\n  include proxy.inc;\n}',
      '.hidden.conf': 'broken',
      'readme.txt': 'not included {',
    },
    'proxy.inc': 'location / { proxy_pass http://app:1; }',
  } as unknown as Record<string, string>);
  const files = hop.files!(siteOf());
  t.same(Object.keys(files), [
    'nginx.conf',
    'include/1/000-mime.types',
    'include/2/000-app.conf',
    'include/3/000-proxy.inc',
  ]);
  t.match(
    files['nginx.conf'],
    'include /lab/hop/include/1/*; include /lab/hop/include/2/*; include /lab/hop/include/4/*;',
  );
  t.equal(
    files['include/2/000-app.conf'],
    'server {\n  listen 127.0.0.1:8080 default_server;\n  include /lab/hop/include/3/*;\n}',
  );
  t.equal(files['include/3/000-proxy.inc'], 'location / { proxy_pass http://10.0.0.2:9000; }');
});

t.test('server blocks alone, as in sites-available', async (t) => {
  const written = rewritten(t, 'server { listen 80; location / { proxy_pass http://app:1; } }');
  t.match(
    written,
    /^daemon off; user root; pid \/lab\/hop\/nginx\.pid; error_log \/lab\/hop\/error\.log info; events \{\} http \{ client_body_temp_path /,
  );
  t.match(written, / server \{ listen 127\.0\.0\.1:8080 default_server;|server \{ listen/);
  t.match(written, /\}\n\}\n$/);
});

t.test('TCP relays', async (t) => {
  const text =
    'events {} stream { upstream app { server a:1; } server { listen 5000; proxy_pass app; proxy_protocol on; } }';
  t.match(hopOf(t, { 'nginx.conf': text }), { role: 'transparent' });
  t.match(
    rewritten(t, text),
    'upstream app { server 10.0.0.2:9000; } server { listen 127.0.0.1:8080; proxy_pass app; proxy_protocol off; }',
  );
  const ending = 'events {} stream { server { listen 5000 ssl; proxy_pass a:1; } }';
  t.match(hopOf(t, { 'nginx.conf': ending }), { role: 'reverse', tls: true });
});

t.test('variables, Lua, odd addresses', async (t) => {
  const text = site(
    `listen localhost:8000; listen unix:/run/x.sock; listen 443 quic reuseport;
    set $up "http://a;b"; access_by_lua_block { if x then return "{}" end }` +
      ' location / { proxy_pass $up; }',
  );
  const written = rewritten(t, text);
  t.match(written, 'listen 127.0.0.1:8080 default_server; listen unix:/run/x.sock;');
  t.match(written, 'proxy_pass http://10.0.0.2:9000;');
});

t.test('what cannot be read', async (t) => {
  const fails = (text: string, message: string | RegExp) =>
    t.throws(() => rewritten(t, text), { name: 'UserFileError', message });
  fails('http {\n  server {\n', /^nginx\.conf:2: the block is not closed$/);
  fails('events {}\n}', 'nginx.conf:2: "}" without "{"');
  fails('user "x;\n', 'nginx.conf:1: the quote is not closed');
  fails('events { a }', 'nginx.conf:1: a ";" is missing');
  fails('events {}\npid x', 'nginx.conf:2: "pid" is not ended with ";"');
  fails('events {} http { server { listen 80; } }', 'nginx.conf: no server block in it has a proxy_pass');
  fails(
    site('listen 80 proxy_protocol; location / { proxy_pass http://a; }'),
    'nginx.conf:1: it listens for the PROXY protocol, which no client of ours speaks; remove proxy_protocol to try the rest',
  );
  fails(
    site('listen unix:/x; location / { proxy_pass http://a; }'),
    'nginx.conf: the server block at nginx.conf:1 listens at no TCP address',
  );
  fails('events {} include nginx.conf;', /includes go deeper than 10 files/);
  t.throws(() => userFile('/nowhere/nginx.conf'), /^\/nowhere\/nginx\.conf cannot be read: ENOENT/);
});
