import t, { type Test } from 'tap';
import { redact } from './redact.js';

/** A secret that must be gone, and nothing else. */
const same = (t: Pick<Test, 'equal'>, cases: readonly (readonly [string, string])[]) => {
  for (const [before, after] of cases) t.equal(redact(before), after);
};

t.test('header fields', async (t) => {
  same(t, [
    ['Authorization: Basic dXNlcjpwYXNz\r\nHost: a\r\n', 'Authorization: [redacted]\r\nHost: a\r\n'],
    ['proxy-authorization:Bearer abc', 'proxy-authorization:[redacted]'],
    [
      'X: 1\r\nCookie: a=b; c=d\r\nSet-Cookie : s=1; Path=/\r\nY: 2',
      'X: 1\r\nCookie: [redacted]\r\nSet-Cookie : [redacted]\r\nY: 2',
    ],
    ['Cookie: a=b;\r\n c=d\r\n\te=f\r\nHost: a', 'Cookie: [redacted]\r\nHost: a'],
    ['client sent Cookie: a=b', 'client sent Cookie: [redacted]'],
    [
      'X-Api-Key: 12345\nX-Auth-Token: t\nX-Request-Id: 7',
      'X-Api-Key: [redacted]\nX-Auth-Token: [redacted]\nX-Request-Id: 7',
    ],
    ['{"Authorization":"Basic \\"x\\"","host":"a"}', '{"Authorization":"[redacted]","host":"a"}'],
    ['["cookie", "a=b"]', '["cookie", "[redacted]"]'],
  ]);
});

t.test('parameters and user names in URLs', async (t) => {
  same(t, [
    ['GET /feed?token=abc&x=1 HTTP/1.1', 'GET /feed?token=[redacted]&x=1 HTTP/1.1'],
    ['wss://h/?access_token=a.b-c_d%20e#frag', 'wss://h/?access_token=[redacted]#frag'],
    [
      '/?id_token=a&api-key=b;sig=c&X-Amz-Signature=d&jwt=e',
      '/?id_token=[redacted]&api-key=[redacted];sig=[redacted]&X-Amz-Signature=[redacted]&jwt=[redacted]',
    ],
    [
      '/?key=1&auth=2&password=3&secret=4&session=5&ticket=6',
      '/?key=[redacted]&auth=[redacted]&password=[redacted]&secret=[redacted]&session=[redacted]&ticket=[redacted]',
    ],
    ['/?t%6Fken=abc', '/?t%6Fken=[redacted]'],
    ['/?%E0%A4%A=1&TOKEN=abc', '/?%E0%A4%A=1&TOKEN=[redacted]'],
    ['ws://user:p%40ss@host:1/x', 'ws://[redacted]@host:1/x'],
    ['ws://user:p@ss@host/x?y=a@b', 'ws://[redacted]@host/x?y=a@b'],
    ['CONNECT via http://token@proxy:3128', 'CONNECT via http://[redacted]@proxy:3128'],
    ['location: https://h/cb?code=abc', 'location: https://h/cb?code=[redacted]'],
  ]);
});

t.test('tokens that look like one, and in subprotocols', async (t) => {
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
  same(t, [
    [`saw ${jwt} there`, 'saw [redacted] there'],
    [`Sec-WebSocket-Protocol: chat, ${jwt}`, 'Sec-WebSocket-Protocol: chat, [redacted]'],
    ['Sec-WebSocket-Protocol: access_token, opaque', 'Sec-WebSocket-Protocol: access_token, [redacted]'],
    ['sec-websocket-protocol: Bearer, opaque, v1', 'sec-websocket-protocol: Bearer, [redacted], v1'],
    [
      'Sec-WebSocket-Protocol: base64url.bearer.authorization.k8s.io.YWJj, v4.channel.k8s.io',
      'Sec-WebSocket-Protocol: [redacted], v4.channel.k8s.io',
    ],
    ['Sec-WebSocket-Protocol: 0123456789abcdef0123456789', 'Sec-WebSocket-Protocol: [redacted]'],
    ['{"auth":"bearer abcdefghijklmnop"}', '{"auth":"bearer [redacted]"}'],
  ]);
});

t.test('what is no secret stays', async (t) => {
  const kept = [
    'GET /echo?gauntlet=3f2a9c HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n' +
      'Sec-WebSocket-Protocol: chat, graphql-transport-ws, v12.stomp\r\n' +
      'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=15\r\nOrigin: https://example.com\r\n\r\n',
    'HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
    'close 1000 with the reason "bye"; idleMs=2003; by nginx, user@host',
    '',
  ];
  for (const text of kept) t.equal(redact(text), text);
});

t.test('is linear in what a peer can send', async (t) => {
  for (const unit of [
    'x-',
    'a',
    'cookie: a\r\n ',
    '://',
    'a=',
    '?a',
    'eyJ',
    'bearer ',
    '"cookie":"',
    ', ',
    '%',
    '\\',
  ]) {
    t.type(redact(unit.repeat(100_000)), 'string');
  }
});
