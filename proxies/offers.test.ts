import t from 'tap';
import type { Finding, Intermediary, Offer } from '../harness/model.js';
import { mockttp } from './mockttp/index.js';
import { nginx } from './nginx/index.js';
import { forwarding, passing, stripping } from './plain/index.js';
import { squid } from './squid/index.js';
import { findingOf } from './testing/finding.js';
import { siteOf } from './testing/site.js';
import { cutAfter, toxiproxy } from './toxiproxy/index.js';

const offers = async (hop: Intermediary, check: string, told: Partial<Finding> = {}) => [
  ...((await hop.remedies?.(findingOf(check, told))) ?? []),
];
const lines = ({ parts }: Offer) => parts.flatMap((part) => part.lines);
const applied = ({ applied: hop }: Offer, file: string) => hop!.files!(siteOf())[file]!;

t.test('nginx: Upgrade', async (t) => {
  const [offer, ...others] = await offers(nginx(), 'opening/upgrade');
  t.same(others, []);
  t.match(offer, { language: 'nginx', title: 'forward Upgrade and Connection, over HTTP/1.1' });
  t.same(offer!.parts, [
    {
      where: 'http { … }',
      lines: ['map $http_upgrade $connection_upgrade {', '  default upgrade;', "  '' close;", '}'],
    },
    {
      where: 'the location { … } with the proxy_pass',
      lines: [
        'proxy_http_version 1.1;',
        'proxy_set_header Upgrade $http_upgrade;',
        'proxy_set_header Connection $connection_upgrade;',
      ],
    },
  ]);
  for (const line of lines(offer!))
    t.match(applied(offer!, 'nginx.conf'), line, 'what is tried is what is told');
  t.same(await offers(nginx({ websocket: true }), 'opening/upgrade'), [], 'it is there already');
  t.same(await offers(nginx({ stream: true }), 'opening/upgrade'), [], 'nothing to a relay');
  t.same(await offers(nginx(), 'masking/text'), [], 'nothing against that');
});

t.test('nginx: h2c', async (t) => {
  const [offer] = await offers(nginx({ websocket: true, readTimeout: '2s' }), 'cross-protocol/h2c-listed');
  t.same(lines(offer!), [
    'map $http_upgrade $websocket_upgrade {',
    "  default '';",
    '  ~*^websocket$ websocket;',
    '}',
    'map $websocket_upgrade $websocket_connection {',
    '  default upgrade;',
    "  '' close;",
    '}',
    'proxy_http_version 1.1;',
    'proxy_set_header Upgrade $websocket_upgrade;',
    'proxy_set_header Connection $websocket_connection;',
  ]);
  const config = applied(offer!, 'nginx.conf');
  for (const line of lines(offer!)) t.match(config, line);
  t.match(config, 'proxy_read_timeout 2000ms;', 'the rest stays');
  t.notMatch(config, '$connection_upgrade');
  t.throws(() => nginx({ websocket: 'strict' as 'alone' }), /websocket is true, false or 'alone'/);
});

t.test('nginx: idle timers, with a period for who pings', async (t) => {
  const told = { measured: { idleMs: 1018 } };
  const [http] = await offers(nginx({ websocket: true, readTimeout: '1s' }), 'keepalive/idle-survives', told);
  t.match(http, {
    parts: [{ where: 'the location { … } with the proxy_pass', lines: ['proxy_read_timeout 1h;'] }],
    note: 'Or have an end ping every 509 ms or more often: half of the 1018 ms after which silence was cut.',
  });
  t.match(applied(http!, 'nginx.conf'), 'proxy_read_timeout 3600000ms;');
  const [stream] = await offers(
    nginx({ stream: true, streamTimeout: '1s' }),
    'keepalive/idle-survives',
    told,
  );
  t.same(lines(stream!), ['proxy_timeout 1h;']);
  t.match(applied(stream!, 'nginx.conf'), 'proxy_timeout 3600000ms;');
  const busy = { measured: { idleMs: 1018, busyToo: true } };
  t.same(
    await offers(nginx({ readTimeout: '1s' }), 'keepalive/idle-survives', busy),
    [],
    'silence was not why',
  );
});

t.test('nginx: buffering, and headers by name', async (t) => {
  const [unbuffered] = await offers(nginx(), 'fallback/sse-delay');
  t.same(lines(unbuffered!), ['proxy_buffering off;']);
  t.match(applied(unbuffered!, 'nginx.conf'), 'proxy_buffering off;');
  const hop = nginx({ websocket: true });
  const [kept] = await offers(hop, 'opening/headers-kept', {
    measured: { stripped: 'Origin', rewritten: 'Connection, X-Forwarded-For' },
  });
  t.same(lines(kept!), [
    'proxy_set_header Origin $http_origin;',
    'proxy_set_header X-Forwarded-For $http_x_forwarded_for;',
  ]);
  t.match(applied(kept!, 'nginx.conf'), 'proxy_set_header Origin $http_origin;');
  const [answer] = await offers(hop, 'opening/answer-headers', { measured: { stripped: 'Set-Cookie' } });
  t.same(lines(answer!), ['proxy_pass_header Set-Cookie;']);
  t.same(
    await offers(hop, 'opening/answer-headers', { measured: { stripped: 'x;} evil{, $y' } }),
    [],
    'what is no name of a header goes into no configuration',
  );
});

t.test('Squid', async (t) => {
  const [upgrade] = await offers(squid({ method: 'GET' }), 'opening/upgrade');
  t.same(upgrade!.parts, [
    { where: 'squid.conf', lines: ['http_upgrade_request_protocols websocket allow all'] },
  ]);
  t.match(applied(upgrade!, 'squid.conf'), '\nhttp_upgrade_request_protocols websocket allow all\n');
  const [connect, ...others] = await offers(squid(), 'opening/upgrade', {
    message: 'refused: the proxy answered 403 to CONNECT 127.0.0.1:9000; the origin never saw the request',
  });
  t.same(others, [], 'where CONNECT is refused, Upgrade is not what is lacking');
  t.same(connect!.parts, [
    {
      where: 'squid.conf, above "http_access deny CONNECT !SSL_ports"',
      lines: ['acl SSL_ports port 9000'],
    },
  ]);
  t.match(applied(connect!, 'squid.conf'), '\nacl SSL_ports port 9000\n');
  const [idle] = await offers(squid({ readTimeout: '2s' }), 'keepalive/idle-survives', {
    measured: { idleMs: 2100 },
  });
  t.match(idle, { parts: [{ lines: ['read_timeout 1 hour'] }], note: /every 1050 ms/ });
  t.match(applied(idle!, 'squid.conf'), '\nread_timeout 3600 seconds\n');
  const [anyCase] = await offers(squid({ upgrade: true }), 'opening/case-insensitive');
  for (const line of lines(anyCase!)) t.match(applied(anyCase!, 'squid.conf'), `\n${line}\n`);
  const [splice] = await offers(squid({ mode: 'inspect', upgrade: true }), 'wss/end-to-end');
  for (const line of lines(splice!)) t.match(applied(splice!, 'squid.conf'), `\n${line}\n`);
  t.equal(splice!.applied!.inspects, undefined);
  t.same(await offers(squid({ mode: 'splice' }), 'wss/end-to-end'), []);
  const [cache] = await offers(
    squid({ mode: 'accelerator', cache: true }),
    'cross-protocol/cached-handshake',
  );
  for (const line of lines(cache!)) t.match(applied(cache!, 'squid.conf'), `\n${line}\n`);
});

t.test('toxics by name', async (t) => {
  const [offer] = await offers(
    toxiproxy({
      toxics: [
        { type: 'latency', attributes: { latency: 9 } },
        { type: 'timeout', stream: 'upstream' },
      ],
    }),
    'limits/size-125',
  );
  t.same(lines(offer!), [
    'toxiproxy-cli toxic remove --toxicName latency_downstream gauntlet',
    'toxiproxy-cli toxic remove --toxicName timeout_upstream gauntlet',
  ]);
  t.equal(offer!.applied!.title, 'Toxiproxy without toxics');
  const [cut] = await offers(toxiproxy(cutAfter('2s')), 'keepalive/idle-survives');
  t.same(lines(cut!), ['toxiproxy-cli toxic remove --toxicName cut-every gauntlet']);
  t.same(await offers(toxiproxy(), 'keepalive/idle-survives'), []);
});

t.test('mockttp: what it opens it can pass on, what is in clear it reads', async (t) => {
  const tls = { evidence: [{ at: 1, by: 'client', kind: 'note', text: 'TLS', mark: 'tls' }] } as const;
  const [offer] = await offers(mockttp(), 'wss/end-to-end', tls);
  t.same(lines(offer!), ["tlsPassthrough: [{ hostname: '*' }],"]);
  t.equal(offer!.applied!.title, 'mockttp passing TLS through');
  t.same(await offers(mockttp({ block: 'x' }), 'wss/content-inspection'), []);
  const [reject] = await offers(mockttp({ mode: 'reject' }), 'opening/upgrade');
  t.equal(reject!.applied!.title, 'mockttp inspecting TLS');
});

t.test('stand-ins', async (t) => {
  const titles = async (hop: Intermediary, check: string, message = 'it broke') =>
    (await offers(hop, check, { message })).map((offer) => [...lines(offer), offer.applied?.title]);
  t.same(await titles(stripping(), 'opening/upgrade'), [
    ['upgrade: true', 'a plain reverse proxy that passes Upgrade'],
  ]);
  t.same(await titles(passing(), 'opening/upgrade'), []);
  t.same(await titles(passing({ idleMs: '1s' }), 'keepalive/idle-survives'), [
    ["idleMs: '1h'", 'a plain reverse proxy that passes Upgrade, cutting after 3600000 ms'],
  ]);
  t.same(await titles(passing({ buffering: true }), 'fallback/sse-delay'), [
    ['buffering: false', 'a plain reverse proxy that passes Upgrade'],
  ]);
  t.same(
    await titles(forwarding({ connect: false }), 'opening/upgrade', 'the proxy answered 405 to CONNECT h:1'),
    [['connect: true', 'a plain forward proxy']],
  );
});
