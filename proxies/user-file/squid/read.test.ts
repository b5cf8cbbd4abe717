import { join } from 'node:path';
import t, { type Test } from 'tap';
import { siteOf } from '../../testing/site.js';
import { type UserFileOptions, userFile } from '../user-file.js';

const ports = { 'port-1': { host: '127.0.0.1', port: 8001 } };
const hopOf = (t: Test, files: Record<string, unknown>, options: UserFileOptions = {}) =>
  userFile(join(t.testdir(files as Record<string, string>), 'squid.conf'), options);
const rewritten = (t: Test, text: string, options: UserFileOptions = {}, change = {}) =>
  hopOf(t, { 'squid.conf': text }, options).files!(siteOf({ ports, ...change }))['squid.conf']!;
const more = `
pid_filename /lab/hop/squid.pid
cache_log /lab/hop/cache.log
coredump_dir /lab/hop
netdb_filename none
pinger_enable off
shutdown_lifetime 0 seconds
`;

t.test('a forward proxy: its rules stay, its machine does not', async (t) => {
  const text = `acl SSL_ports port 443
http_access deny CONNECT !SSL_ports
include conf.d/*.conf
http_port 3128
http_port 3129 intercept
cache_dir ufs /var/spool/squid 100 16 256
coredump_dir /var/spool/squid
access_log daemon:/var/log/squid/access.log squid
read_timeout 2 minutes # short
cache_peer parent.corp parent 3128 0 no-query default
never_direct allow all
`;
  const hop = hopOf(t, { 'squid.conf': text, 'conf.d': { 'local.conf': 'http_access allow localhost\n' } });
  const files = hop.files!(siteOf({ ports }));
  t.equal(
    files['squid.conf'],
    `acl SSL_ports port 443
http_access deny CONNECT !SSL_ports
include /lab/hop/include/1/*
http_port 127.0.0.1:8080
http_port 127.0.0.1:8001 


access_log stdio:/lab/hop/access.log squid
read_timeout 2 minutes # short


${more}`,
  );
  t.equal(files['include/1/000-local.conf'], 'http_access allow localhost\n');
  t.match(hop, {
    name: 'squid',
    role: 'forward',
    ports: ['port-1'],
    title: 'Squid as squid.conf has it, at 3128',
  });
});

t.test('an accelerator', async (t) => {
  const text = `https_port 443 accel defaultsite=example.com cert=/etc/mine.pem key=/etc/mine.key
cache_peer 10.1.1.1 parent 8443 0 no-query originserver ssl name=app
`;
  t.match(hopOf(t, { 'squid.conf': text }), { role: 'reverse', tls: true });
  t.match(
    rewritten(t, text),
    `https_port 127.0.0.1:8080 accel defaultsite=example.com tls-cert=/lab/hop/cert.pem tls-key=/lab/hop/key.pem
cache_peer 10.0.0.2 parent 9000 0 no-query originserver  name=app
`,
  );
  t.match(
    rewritten(t, text, { upstream: 'app' }, { upstreamTls: true }),
    'originserver tls name=app tls-cafile=/lab/hop/ca.pem ssldomain=gauntlet.test\n',
  );
  t.throws(() => rewritten(t, text, { upstream: 'other' }), {
    message: 'squid.conf forwards to 10.1.1.1:8443 (squid.conf:2), not other; say which one with --upstream',
  });
});

t.test('inspection: the lab’s CA, and its own way to make certificates', async (t) => {
  const text = `http_port 3128 ssl-bump generate-host-certificates=on cert=/etc/ca.pem
sslcrtd_program /usr/lib/squid/security_file_certgen -s /var/lib/squid/ssl_db -M 4MB
acl step1 at_step SslBump1
ssl_bump peek step1
ssl_bump bump all
`;
  const hop = hopOf(t, { 'squid.conf': text });
  t.match(hop, { inspects: true, role: 'forward' });
  const files = hop.files!(siteOf());
  t.match(
    files['squid.conf'],
    'http_port 127.0.0.1:8080 ssl-bump generate-host-certificates=on tls-cert=/lab/hop/ca.pem tls-key=/lab/hop/ca-key.pem\n',
  );
  t.match(
    files['squid.conf'],
    '\nsslcrtd_program /bin/sh /lab/hop/certgen.sh\ntls_outgoing_options cafile=/lab/hop/ca.pem\n',
  );
  t.ok(files['certgen.sh']);
});

t.test('what does not say enough', async (t) => {
  t.throws(() => rewritten(t, 'http_port 3128\nhttp_port 10.0.0.1:3129\n'), {
    message:
      'squid.conf listens at several: 3128 (squid.conf:1), 10.0.0.1:3129 (squid.conf:2); say which one with --listen',
  });
  t.match(
    rewritten(t, 'http_port 3128\nhttp_port 3129\n', { listen: '3129' }),
    'http_port 127.0.0.1:8001\nhttp_port 127.0.0.1:8080\n',
  );
  t.throws(
    () => rewritten(t, 'http_port 3128 intercept\n'),
    /^squid\.conf: no http_port in it can be addressed by a client/,
  );
  t.throws(() => rewritten(t, 'http_port 80 accel\n'), {
    message: 'squid.conf: it accelerates, and no cache_peer in it is an originserver',
  });
});
