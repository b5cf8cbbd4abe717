import t from 'tap';
import { siteOf } from '../testing/site.js';
import { type NginxOptions, nginx } from './index.js';

const config = (options: NginxOptions, change = {}) => nginx(options).files!(siteOf(change))['nginx.conf']!;

t.test('a plain proxy_pass', async (t) => {
  t.equal(
    config({}),
    `daemon off;
user root;
worker_processes 1;
pid /lab/hop/nginx.pid;
error_log /lab/hop/error.log info;
events { worker_connections 1024; }

http {
  client_body_temp_path /lab/hop/body;
  proxy_temp_path /lab/hop/proxy;
  fastcgi_temp_path /lab/hop/fastcgi;
  uwsgi_temp_path /lab/hop/uwsgi;
  scgi_temp_path /lab/hop/scgi;

  log_format gauntlet '$msec $remote_addr:$remote_port "$request" $status upgrade="$http_upgrade" '
                      'upstream=$upstream_addr $upstream_status $body_bytes_sent $request_time';
  access_log /lab/hop/access.log gauntlet;

  server {
    listen 127.0.0.1:8080;

    location / {
      proxy_pass http://10.0.0.2:9000;
      proxy_set_header Host $http_host;
    }
    location = /gauntlet-ready {
      access_log off;
      return 204;
    }
  }
}
`,
  );
});

t.test('forwarding Upgrade, by the idiom of nginx’s own documentation', async (t) => {
  const text = config({ websocket: true, readTimeout: '2s', buffering: false });
  t.match(text, "  map $http_upgrade $connection_upgrade {\n    default upgrade;\n    '' close;\n  }\n");
  t.match(
    text,
    `      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_read_timeout 2000ms;
      proxy_buffering off;
`,
  );
});

t.test('TLS in front and behind', async (t) => {
  const text = config({ tls: true, certificate: 'expired' }, { upstreamTls: true });
  t.match(
    text,
    `    listen 127.0.0.1:8080 ssl;
    ssl_certificate /lab/hop/cert.pem;
    ssl_certificate_key /lab/hop/key.pem;
`,
  );
  t.match(
    text,
    `      proxy_pass https://10.0.0.2:9000;
      proxy_set_header Host $http_host;
      proxy_ssl_trusted_certificate /lab/hop/ca.pem;
      proxy_ssl_verify on;
      proxy_ssl_name gauntlet.test;
      proxy_ssl_server_name on;
`,
  );
  t.match(nginx({ tls: true, certificate: 'expired' }), {
    role: 'reverse',
    tls: true,
    certificate: 'expired',
  });
});

t.test('old versions of TLS', async (t) => {
  const old = '    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;\n    ssl_ciphers DEFAULT:@SECLEVEL=0;\n';
  t.match(config({ tls: true, oldTls: true }), old);
  t.match(config({ tls: true, oldTls: false }), '    ssl_protocols TLSv1.2 TLSv1.3;\n');
  t.notMatch(config({ tls: true }), 'ssl_protocols');
  t.throws(() => nginx({ oldTls: true }), /oldTls needs tls: true/);
});

t.test('a TCP relay', async (t) => {
  const text = config({ stream: true, streamTimeout: 500 }, { upstreamTls: true });
  t.match(text, 'include /etc/nginx/modules-enabled/*mod-stream.conf;\n');
  t.match(text, '    listen 127.0.0.1:8080;\n    proxy_pass 10.0.0.2:9000;\n    proxy_timeout 500ms;\n  }');
  t.match(text, '    listen 127.0.0.1:8081;\n    return 204;');
  t.notMatch(text, 'proxy_ssl', 'the TLS of others passes through');
  t.match(nginx({ stream: true }), {
    role: 'transparent',
    ports: ['ready'],
    ready: { by: 'http', port: 'ready' },
  });

  const ending = config({ stream: true, tls: true }, { upstreamTls: true });
  t.match(ending, 'listen 127.0.0.1:8080 ssl;');
  t.match(ending, '    proxy_ssl on;\n    proxy_ssl_trusted_certificate /lab/hop/ca.pem;\n');
  t.match(nginx({ stream: true, tls: true }), { role: 'reverse', tls: true });
});

t.test('IPv6', async (t) => {
  const text = config({}, { listen: { host: '::1', port: 80 }, upstream: { host: 'fd00::2', port: 81 } });
  t.match(text, 'listen [::1]:80;');
  t.match(text, 'proxy_pass http://[fd00::2]:81;');
});

t.test('options that do not go together', async (t) => {
  t.throws(() => nginx({ stream: true, websocket: true }), /websocket means nothing to a TCP relay/);
  t.throws(() => nginx({ streamTimeout: 1 }), /needs stream: true/);
  t.throws(() => nginx({ certificate: 'expired' }), /needs tls: true/);
  t.throws(() => config({ readTimeout: 'soon' as '1s' }), /"soon" is no length of time/);
  t.throws(() => config({ readTimeout: 0 }), /"0" is no length of time/);
});

t.equal(
  nginx({ websocket: true, tls: true, readTimeout: '2s', buffering: false }).title,
  'nginx that forwards Upgrade, TLS in front, proxy_read_timeout 2s, proxy_buffering off',
);
