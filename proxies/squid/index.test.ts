import t from 'tap';
import { siteOf } from '../testing/site.js';
import { type SquidOptions, squid } from './index.js';

const config = (options: SquidOptions, change = {}) => squid(options).files!(siteOf(change))['squid.conf']!;

t.test('a forward proxy with the rules that Squid ships', async (t) => {
  t.equal(
    config({}),
    `http_port 127.0.0.1:8080

acl localnet src 10.0.0.0/8 100.64.0.0/10 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 fc00::/7 fe80::/10
acl SSL_ports port 443
acl Safe_ports port 80 21 443 70 210 1025-65535 280 488 591 777
http_access deny !Safe_ports
http_access deny CONNECT !SSL_ports
http_access allow localhost manager
http_access deny manager
http_access allow localnet
http_access allow localhost
http_access deny all

cache deny all
cache_mem 1 MB

visible_hostname squid.gauntlet.test
unique_hostname squid-to-10.0.0.2-9000.gauntlet.test
logformat gauntlet %ts.%03tu %6tr %>a:%>p %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt
access_log stdio:/lab/hop/access.log gauntlet
strip_query_terms off
cache_log /lab/hop/cache.log
pid_filename /lab/hop/squid.pid
coredump_dir /lab/hop
netdb_filename none
memory_cache_shared off
pinger_enable off
digest_generation off
max_filedescriptors 4096
shutdown_lifetime 0 seconds
`,
  );
  t.match(squid(), { role: 'forward', title: 'Squid as forward proxy', needs: undefined });
  t.same(squid().argv!(siteOf()), [
    'squid',
    '-N',
    '-d',
    '1',
    '-n',
    'gauntlet8080',
    '-f',
    '/lab/hop/squid.conf',
  ]);
});

t.test('CONNECT to the origin, Upgrade, a read timeout, caching, a parent', async (t) => {
  const text = config(
    { connect: 'any', upgrade: true, readTimeout: 1500, cache: true },
    { parent: { host: '10.0.0.3', port: 3128 } },
  );
  t.match(text, 'acl SSL_ports port 443\nacl SSL_ports port 9000\n');
  t.match(text, '\nhttp_upgrade_request_protocols websocket allow all\n');
  t.match(text, '\nread_timeout 2 seconds\n', 'whole seconds, never less than asked');
  t.match(text, '\ncache_mem 16 MB\n');
  t.notMatch(text, 'cache deny all');
  t.match(
    text,
    '\ncache_peer 10.0.0.3 parent 3128 0 no-query no-digest default name=next_hop\nnever_direct allow all\n',
  );
});

t.test('inspection', async (t) => {
  const text = config({ mode: 'inspect' });
  t.match(
    text,
    'http_port 127.0.0.1:8080 ssl-bump tls-cert=/lab/hop/ca.pem tls-key=/lab/hop/ca-key.pem generate-host-certificates=on',
  );
  t.match(text, '\nacl SSL_ports port 9000\n', 'what cannot be reached cannot be inspected');
  t.match(text, '\nssl_bump peek at_client_hello\nssl_bump bump all\n');
  t.match(text, '\nsslcrtd_program /bin/sh /lab/hop/certgen.sh\n');
  t.match(text, '\ntls_outgoing_options cafile=/lab/hop/ca.pem default-ca=off\n');
  t.match(squid({ mode: 'inspect' }), { inspects: true, role: 'forward' });
  const { pattern, otherwise } = squid({ mode: 'inspect' }).needs!;
  t.match("Squid Cache: Version 5.7\nconfigure options: '--with-openssl'", pattern);
  t.match("Squid Cache: Version 6.13\nconfigure options: '--with-openssl'", pattern);
  t.notMatch("Squid Cache: Version 5.7\nconfigure options: '--with-gnutls'", pattern);
  t.notMatch("Squid Cache: Version 4.10\nconfigure options: '--with-openssl'", pattern);
  t.match(otherwise, 'squid-openssl');
});

t.test('splicing needs no key of the CA', async (t) => {
  const text = config({ mode: 'splice' });
  t.match(text, '\nssl_bump peek at_client_hello\nssl_bump splice all\n');
  t.match(
    text,
    'ssl-bump tls-cert=/lab/hop/cert.pem tls-key=/lab/hop/key.pem generate-host-certificates=off',
  );
  t.notMatch(text, /ca-key|sslcrtd/);
  t.equal(squid({ mode: 'splice' }).inspects, undefined);
});

t.test('an accelerator', async (t) => {
  const text = config({ mode: 'accelerator', tls: true }, { upstreamTls: true });
  t.match(
    text,
    'https_port 127.0.0.1:8080 accel defaultsite=gauntlet.test tls-cert=/lab/hop/cert.pem tls-key=/lab/hop/key.pem\n',
  );
  t.match(
    text,
    'cache_peer 10.0.0.2 parent 9000 0 no-query no-digest originserver name=origin tls tls-cafile=/lab/hop/ca.pem tls-default-ca=off ssldomain=gauntlet.test\n',
  );
  t.match(squid({ mode: 'accelerator', tls: true }), { role: 'reverse', tls: true });
  t.match(config({ mode: 'accelerator' }), /^http_port 127\.0\.0\.1:8080 accel defaultsite=gauntlet\.test\n/);
});

t.test('options that do not go together', async (t) => {
  t.throws(() => squid({ tls: true }), /tls needs mode: 'accelerator'/);
  t.throws(() => squid({ mode: 'accelerator', certificate: 'expired' }), /certificate needs tls: true/);
  t.throws(() => squid({ mode: 'accelerator', connect: 'any' }), /mean nothing with mode: 'accelerator'/);
});

t.equal(
  squid({ method: 'GET', connect: 'any', upgrade: true, cache: true, readTimeout: '2s' }).title,
  'Squid as forward proxy, by GET, CONNECT allowed to the origin, Upgrade allowed, caching in memory, read_timeout 2s',
);
