import t from 'tap';
import { fingerprintOf, Identity } from './identity.js';

const seen = (headers: readonly (readonly [string, string])[], certificate?: string) => {
  const tls = certificate && { version: 'TLSv1.3', issuer: 'CA', fingerprint: certificate, binding: '' };
  return fingerprintOf({
    answer: { status: 101, reason: '', headers, raw: '' },
    ...(tls && { tls: tls as NonNullable<Parameters<typeof fingerprintOf>[0]['tls']> }),
  });
};

t.test('what comes and goes with one server does not tell it from another', async (t) => {
  const identity = new Identity();
  t.notOk(identity.isKnown);
  identity.learn(
    seen([
      ['Server', 'nginx'],
      ['Date', 'Mon'],
      ['X-Request-Id', '1'],
    ]),
  );
  t.ok(
    identity.knows(
      seen([
        ['server', 'nginx'],
        ['Set-Cookie', 'a=1'],
        ['RateLimit-Remaining', '3'],
      ]),
    ),
  );
  t.ok(identity.isKnown);
});

t.test('it is told by product, by the names of its headers, by subprotocol, by certificate', async (t) => {
  const identity = new Identity();
  identity.learn(seen([['Server', 'nginx']], 'AA'));
  identity.learn(
    seen(
      [
        ['Server', 'nginx/2'],
        ['X-Other', '1'],
      ],
      'AA',
    ),
  );
  t.ok(
    identity.knows(
      seen(
        [
          ['X-Other', '2'],
          ['Server', 'nginx/2'],
        ],
        'AA',
      ),
    ),
    'one of several backends',
  );
  t.equal(identity.told(seen([['Server', 'Apache']], 'AA')), 'Server: nginx → Apache');
  t.equal(identity.told(seen([['Server', 'nginx']], 'BB')), 'certificate: AA → BB');
  t.equal(
    identity.told(
      seen(
        [
          ['Server', 'nginx'],
          ['Via', 'x'],
        ],
        'AA',
      ),
    ),
    'headers: server → server via',
  );
  t.equal(
    identity
      .told(
        seen(
          [
            ['Server', 'nginx\u001b[0m'],
            ['Sec-WebSocket-Protocol', 'b'],
          ],
          'AA',
        ),
      )
      .includes('\u001b'),
    false,
  );
});
