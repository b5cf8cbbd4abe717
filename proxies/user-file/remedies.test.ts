import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { Finding, Offer } from '../../harness/model.js';
import { findingOf } from '../testing/finding.js';
import { siteOf } from '../testing/site.js';
import { userFile } from './user-file.js';

async function offered(t: Test, files: Record<string, string>, check: string, told: Partial<Finding> = {}) {
  const hop = userFile(join(t.testdir(files), Object.keys(files)[0]!));
  return [...((await hop.remedies?.(findingOf(check, told))) ?? [])];
}
const written = ({ applied }: Offer) => Object.values(applied!.files!(siteOf())).join('\n');

const nginx = {
  'nginx.conf': `events {}
http {
  include conf.d/*.conf;
}
`,
  'conf.d': {
    'app.conf': `server {
  listen 80;
  proxy_set_header Host $host;
  proxy_set_header X-Real-IP $remote_addr;
  location / {
    proxy_pass http://app:3000;
    proxy_read_timeout 5s;
  }
}
`,
  } as unknown as string,
};

t.test('nginx: the very blocks, and headers that would no longer be inherited', async (t) => {
  const [offer] = await offered(t, nginx, 'opening/upgrade');
  t.same(offer!.parts, [
    {
      where: 'http { … } at nginx.conf:2',
      lines: ['map $http_upgrade $connection_upgrade {', '  default upgrade;', "  '' close;", '}'],
    },
    {
      where: 'location / { … } at conf.d/app.conf:5',
      lines: [
        'proxy_http_version 1.1;',
        'proxy_set_header Upgrade $http_upgrade;',
        'proxy_set_header Connection $connection_upgrade;',
        'proxy_set_header Host $host;',
        'proxy_set_header X-Real-IP $remote_addr;',
      ],
    },
  ]);
  t.match(
    written(offer!),
    `  location / {
proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection $connection_upgrade;
proxy_set_header Host $host;
proxy_set_header X-Real-IP $remote_addr;

    proxy_pass http://10.0.0.2:9000;
`,
  );
});

t.test('nginx: in place of what is there, and once', async (t) => {
  const [idle] = await offered(t, nginx, 'keepalive/idle-survives');
  t.same(idle!.parts, [
    {
      where: 'location / { … } at conf.d/app.conf:5, in place of conf.d/app.conf:7',
      lines: ['proxy_read_timeout 1h;'],
    },
  ]);
  t.match(written(idle!), 'proxy_read_timeout 1h;');
  t.notMatch(written(idle!), 'proxy_read_timeout 5s;');
});

t.test('nginx: a map that is there is not made again; what is set is not offered', async (t) => {
  const text = (lines: string) => ({
    'nginx.conf': `events {}
http {
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
  server { listen 80; location /ws { proxy_pass http://a:1;${lines} } }
}
`,
  });
  const [offer] = await offered(t, text(' proxy_set_header Upgrade $http_upgrade;'), 'opening/upgrade');
  t.same(
    offer!.parts.map(({ where }) => where),
    ['location /ws { … } at nginx.conf:4, in place of nginx.conf:4'],
  );
  const config = written(offer!);
  t.equal(config.split('$connection_upgrade').length, 3, 'the map and the header');
  t.equal(config.split('proxy_set_header Upgrade').length, 2);
  const whole = ` proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection "upgrade"; proxy_read_timeout 1h; proxy_buffering off;`;
  for (const check of ['opening/upgrade', 'keepalive/idle-survives', 'fallback/sse-delay'])
    t.same(await offered(t, text(whole), check), [], check);
});

t.test('nginx: server blocks alone, and a relay', async (t) => {
  const alone = { site: 'server { listen 80; location / { proxy_pass http://a:1; } }\n' };
  const [offer] = await offered(t, alone, 'opening/upgrade');
  t.equal(offer!.parts[0]!.where, 'the http { … } that includes this file');
  t.match(written(offer!), /events \{\} http \{\nmap \$http_upgrade|events \{\} http \{[^\n]*\nmap /);
  const relay = { 'nginx.conf': 'events {}\nstream { server { listen 443;\n proxy_pass a:1; } }\n' };
  t.same(await offered(t, relay, 'opening/upgrade'), []);
  const [timeout] = await offered(t, relay, 'keepalive/idle-survives');
  t.same(timeout!.parts, [{ where: 'server { … } at nginx.conf:2', lines: ['proxy_timeout 1h;'] }]);
});

t.test('HAProxy: in the section with the servers', async (t) => {
  const text = (timer: string) => ({
    'haproxy.cfg': `defaults
  mode http
  timeout server 5s
  timeout tunnel 1s
frontend web
  bind *:80
  default_backend app
backend app
${timer}  server s1 app:3000
`,
  });
  const [idle] = await offered(t, text(''), 'keepalive/idle-survives');
  t.match(idle, {
    language: 'haproxy',
    parts: [{ where: 'backend app at haproxy.cfg:8', lines: ['timeout tunnel 1h'] }],
  });
  t.match(written(idle!), 'backend app\n  timeout tunnel 1h\n  server s1 10.0.0.2:9000\n');
  const [instead] = await offered(t, text('  timeout tunnel 2s\n'), 'keepalive/idle-survives');
  t.equal(instead!.parts[0]!.where, 'backend app at haproxy.cfg:8, in place of haproxy.cfg:9');
  t.notMatch(written(instead!), 'timeout tunnel 2s');
  t.same(await offered(t, text('  timeout tunnel 1h\n'), 'keepalive/idle-survives'), []);
  const [h2c] = await offered(t, text(''), 'cross-protocol/h2c');
  t.match(
    written(h2c!),
    'backend app\n  http-request del-header Upgrade unless { req.fhdr(Upgrade) -i -m str websocket }\n',
  );
});

t.test('old versions of TLS', async (t) => {
  const haproxy = (more: string) => ({
    'haproxy.cfg': `frontend web
  bind *:443 ssl crt /x.pem${more} # public
  default_backend app
backend app
  server s1 app:3000
`,
  });
  const [bound] = await offered(t, haproxy(' ssl-min-ver TLSv1.0'), 'wss/versions-old');
  t.same(bound!.parts, [{ where: 'the end of haproxy.cfg:2', lines: ['ssl-min-ver TLSv1.2'] }]);
  t.match(written(bound!), 'ssl-min-ver TLSv1.0 ssl-min-ver TLSv1.2 # public\n');
  t.same(await offered(t, haproxy(' ssl-min-ver TLSv1.2'), 'wss/versions-old'), []);
  const server = (protocols: string) => ({
    'nginx.conf': `events {}
http {
  ssl_protocols ${protocols};
  server {
    listen 443 ssl;
    location / { proxy_pass http://a:1; }
  }
}
`,
  });
  const [versions] = await offered(t, server('TLSv1.1 TLSv1.2'), 'wss/versions-old');
  t.same(versions!.parts, [
    { where: 'server { … } at nginx.conf:4', lines: ['ssl_protocols TLSv1.2 TLSv1.3;'] },
  ]);
  t.match(written(versions!), 'server {\nssl_protocols TLSv1.2 TLSv1.3;\n');
  t.same(await offered(t, server('TLSv1.3'), 'wss/versions-old'), []);
});

t.test('Squid: at the top; what depends on its surroundings is told alone', async (t) => {
  const text = (more = '') => ({
    'squid.conf': `http_port 3128\nacl SSL_ports port 443\n${more}http_access deny CONNECT !SSL_ports\nhttp_access allow all\n`,
  });
  const [upgrade] = await offered(t, text(), 'opening/upgrade');
  t.same(upgrade!.parts, [
    { where: 'the top of squid.conf', lines: ['http_upgrade_request_protocols websocket allow all'] },
  ]);
  t.match(
    written(upgrade!),
    /^http_upgrade_request_protocols websocket allow all\nhttp_port 127\.0\.0\.1:8080\n/,
  );
  t.same(
    await offered(t, text('http_upgrade_request_protocols OTHER allow all\n'), 'opening/upgrade'),
    [],
    'it lets Upgrade pass already',
  );
  const [idle] = await offered(t, text('read_timeout 1 second\n'), 'keepalive/idle-survives');
  t.equal(idle!.parts[0]!.where, 'the top of squid.conf, in place of squid.conf:3');
  t.match(written(idle!), /^read_timeout 1 hour\n/);
  t.notMatch(written(idle!), 'read_timeout 1 second');
  const [connect] = await offered(t, text(), 'opening/upgrade', {
    message: 'refused: the proxy answered 403 to CONNECT 127.0.0.1:8443',
  });
  t.match(connect, { parts: [{ lines: ['acl SSL_ports port 8443'] }] });
  t.equal(connect!.applied, undefined);
});
