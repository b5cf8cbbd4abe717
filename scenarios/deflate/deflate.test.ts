import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryAt } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import bomb from './bomb.check.js';
import context from './context-takeover.check.js';
import corrupt from './corrupt.check.js';
import malformed from './malformed-offer.check.js';
import window from './server-window.check.js';
import { always, deflating, properly } from './testing/deflating.js';
import { inflating } from './testing/inflating.js';
import unknown from './unknown-extension.check.js';

const MIB = 1024 * 1024;

t.test('a server that does not compress is judged by nothing of it', async (t) => {
  for (const check of [bomb, context, corrupt, window])
    t.match(await tryAt(check, { origin: wsOrigin({ title: 'ws' }) }), {
      outcome: 'skip',
      message: 'the endpoint does not agree to permessage-deflate',
    });
});

t.test('they judge an origin of ours where it compresses', async (t) => {
  for (const check of [context, corrupt, malformed, window])
    t.match(await tryCheck(check, { origin: echo() }), { outcome: 'pass' }, check.title);
});

t.test(
  'windows: what is agreed to without the parameter, or above what was asked, fails by the answer alone',
  async (t) => {
    t.match(await tryAt(window, { origin: deflating('says nothing', always('permessage-deflate')) }), {
      outcome: 'fail',
      message: /9 bits: .*does not keep to the server_max_window_bits of 9/,
    });
    const declines = deflating('declines', (offer) =>
      offer.includes('bits') ? { terms: properly('').terms } : properly(offer),
    );
    t.match(await tryAt(window, { origin: declines }), { outcome: 'pass', message: /declined/ });
  },
);

t.test('context: three messages need an echo, and come back as they were', async (t) => {
  t.match(await tryAt(context, { origin: careless(['mute']), target: { path: '/deflate' } }), {
    outcome: 'skip',
  });
  const declines = deflating('declines', (offer) =>
    offer.includes('no_context') ? { terms: properly('').terms } : properly(offer),
  );
  t.match(await tryAt(context, { origin: declines }), { outcome: 'skip', message: /declined/ });
});

t.test('bombs: in between is a warning; what comes back in full was inflated', async (t) => {
  t.match(await tryAt(bomb, { origin: inflating('32 MiB', 32) }), {
    outcome: 'warn',
    severity: 'medium',
    measured: { takenMiB: 16, refusedMiB: 64, code: 1009 },
  });
  const plain = wsOrigin(
    { title: 'echoes in clear' },
    { perMessageDeflate: true, maxPayload: 100 * MIB },
    (socket) => {
      socket.on('message', (data, binary) => socket.send(data, { binary, compress: false }));
    },
  );
  t.match(await tryAt(bomb, { origin: plain }), { outcome: 'fail', measured: { takenMiB: 64 } });
});

t.test('offers: an error of the server, and a refusal of what is only unknown', async (t) => {
  const refusing = (status: number) =>
    wsOrigin(
      { title: `answers ${status} to any offer` },
      {
        verifyClient: ({ req }, answer) => answer(!req.headers['sec-websocket-extensions'], status),
      },
    );
  t.match(await tryAt(malformed, { origin: refusing(500) }), {
    outcome: 'fail',
    message: /an unclosed quote: 500/,
  });
  t.match(await tryAt(malformed, { origin: refusing(400) }), { outcome: 'pass' });
  t.match(await tryAt(unknown, { origin: refusing(400) }), { outcome: 'fail', severity: 'low' });
  t.match(await tryAt(malformed, { origin: deflating('takes all', always('permessage-deflate')) }), {
    outcome: 'fail',
    message: /fifty unknown parameters: agreed to/,
  });
  t.match(await tryAt(unknown, { origin: wsOrigin({ title: 'ws' }) }), { outcome: 'pass' });
});
