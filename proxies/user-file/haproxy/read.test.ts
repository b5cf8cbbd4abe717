import { join } from 'node:path';
import t, { type Test } from 'tap';
import { siteOf } from '../../testing/site.js';
import { type UserFileOptions, userFile } from '../user-file.js';

const ports = { 'bind-1': { host: '127.0.0.1', port: 8001 }, 'bind-2': { host: '127.0.0.1', port: 8002 } };
const hopOf = (t: Test, text: string, options: UserFileOptions = {}) =>
  userFile(join(t.testdir({ 'haproxy.cfg': text }), 'haproxy.cfg'), options);
const rewritten = (t: Test, text: string, options: UserFileOptions = {}, change = {}) =>
  hopOf(t, text, options).files!(siteOf({ ports, ...change }))['haproxy.cfg']!;

const debian = `global
	log /dev/log	local0
	chroot /var/lib/haproxy
	stats socket /run/haproxy/admin.sock mode 660 level admin
	user haproxy
	group haproxy
	daemon
	maxconn 100

defaults
	log	global
	mode	http
	timeout connect 5000 # ms
	timeout client  50000
	timeout server  50000

frontend web
	bind *:80,:::80 v4v6
	default_backend app

frontend stats
	bind *:8404
	stats enable

backend app
	option httpchk GET /health
	default-server check inter 2s
	server a1 10.1.1.1:3000 check weight 2
	server a2 app.internal:3000 check send-proxy-v2 backup
`;

t.test('where it listens and what it forwards to are ours; lines keep their numbers', async (t) => {
  t.equal(
    rewritten(t, debian),
    `global
	log stdout format raw	local0
	
	
	
	
	
	maxconn 100

defaults
	log	global
	mode	http
	timeout connect 5000 # ms
	timeout client  50000
	timeout server  50000

frontend web
	bind 127.0.0.1:8080,127.0.0.1:8001 
	default_backend app

frontend stats
	bind 127.0.0.1:8002
	stats enable

backend app
	option httpchk GET /health
	default-server  inter 2s
	server a1 10.0.0.2:9000  weight 2
	server a2 10.0.0.2:9000   backup
`,
  );
  t.match(hopOf(t, debian), {
    name: 'haproxy',
    role: 'reverse',
    tls: undefined,
    ports: ['bind-1', 'bind-2'],
    title: 'haproxy as haproxy.cfg has it, from *:80 to app (10.1.1.1:3000, app.internal:3000)',
  });
});

t.test('mode tcp is a relay, and TLS makes it one to address', async (t) => {
  const text = (bind: string, server: string) =>
    `listen x\n  bind :443 ${bind}\n  server a 10.1.1.1:443 ${server}\n`;
  t.match(hopOf(t, text('', '')), { role: 'transparent' });
  const ssl = text(
    'ssl crt /etc/haproxy/site.pem alpn h2,http/1.1',
    'ssl verify required ca-file /etc/ca.pem',
  );
  t.match(hopOf(t, ssl), { role: 'reverse', tls: true });
  t.equal(
    rewritten(t, ssl),
    'listen x\n  bind 127.0.0.1:8080 ssl crt /lab/hop/cert.pem alpn h2,http/1.1\n  server a 10.0.0.2:9000  verify required ca-file /lab/hop/ca.pem\n',
  );
  t.match(
    rewritten(t, ssl, {}, { upstreamTls: true }),
    'server a 10.0.0.2:9000 ssl verify required ca-file /lab/hop/ca.pem',
  );
  t.match(rewritten(t, text('', ''), {}, { upstreamTls: true }), 'server a 10.0.0.2:9000 ssl verify none');
  t.match(rewritten(t, text('ssl crt-list /etc/list', '')), 'ssl crt /lab/hop/cert.pem');
});

t.test('several candidates: a list with lines, and what to say', async (t) => {
  const text = `frontend web
  mode http
  bind :80
  bind :443 ssl crt x
  use_backend sockets if { hdr(Upgrade) -i websocket }
  use_backend pages if { path_beg / }
backend sockets
  server s 10.1.1.1:1
backend pages
  server p 10.1.1.2:2
`;
  t.throws(() => hopOf(t, text), {
    name: 'UserFileError',
    message:
      'haproxy.cfg listens at several: :80 (haproxy.cfg:3), :443 (haproxy.cfg:4); say which one with --listen',
  });
  t.throws(() => hopOf(t, text, { listen: '443' }), {
    message:
      'haproxy.cfg forwards to several: sockets (10.1.1.1:1) (haproxy.cfg:5), pages (10.1.1.2:2) (haproxy.cfg:6); say which one with --upstream',
  });
  const written = rewritten(t, text, { listen: '443', upstream: 'sockets' });
  t.match(
    written,
    '  bind 127.0.0.1:8001\n  bind 127.0.0.1:8080 ssl crt /lab/hop/cert.pem\n  default_backend sockets\n',
  );
  t.match(rewritten(t, text, { listen: ':3', upstream: '10.1.1.2:2' }), '\n  default_backend pages\n');
});

t.test('what cannot be used', async (t) => {
  t.throws(() => hopOf(t, 'frontend x\n  bind :80\n'), {
    message: 'haproxy.cfg: no frontend or listen section in it binds a TCP address and leads to servers',
  });
  t.throws(() => hopOf(t, 'listen x\n  bind :80 accept-proxy\n  server a b:1\n'), /PROXY protocol/);
});

t.test('other machines are left alone', async (t) => {
  const text = 'peers p\n  peer other 10.1.1.9:1024\nlisten x\n  bind :80\n  server a b:1 track q/w\n';
  t.equal(rewritten(t, text), 'peers p\n  \nlisten x\n  bind 127.0.0.1:8080\n  server a 10.0.0.2:9000  \n');
});
