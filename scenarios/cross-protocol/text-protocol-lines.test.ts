import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { smallClient } from '../../harness/testing/small-client.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing } from '../../proxies/plain/index.js';
import check from './text-protocol-lines.check.js';

const patience = { answerMs: 500 };

t.test('passes for a client that masks', async (t) => {
  t.match(await tryCheck(check, { origin: echo() }), { outcome: 'pass' });
  t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), { outcome: 'pass' });
});

t.test('catches clients that do not, or with zeros', async (t) => {
  for (const sin of ['no-mask', 'zero-mask'] as const) {
    const said = await tryCheck(check, { origin: echo(), client: smallClient([sin]) });
    t.match(
      said,
      { outcome: 'fail', blame: 'client', actualText: /^"SET gauntlet \w+" came to the server/ },
      sin,
    );
    const origin = said.evidence.filter(
      ({ by, text }) => by === 'origin' && text.startsWith('took a command'),
    );
    t.ok(origin.length > 0, 'the server of lines took it for a command');
  }
});

t.test('what a hop masks anew tells nothing of the client', async (t) => {
  const via = [carelessHop({ sin: 'remask' })];
  const said = await tryCheck(check, {
    origin: echo(),
    via,
    client: smallClient(['zero-mask']),
    patience,
  });
  t.match(said, { outcome: 'skip', message: /masks frames anew/ });
});

t.test('what does not arrive tells nothing', async (t) => {
  const via = [carelessHop({ sin: 'one-way' })];
  t.match(await tryCheck(check, { origin: echo(), via, patience }), { outcome: 'skip' });
});

t.test('nor does a client that sends too little', async (t) => {
  const client = smallClient(['sends-three']);
  t.match(await tryCheck(check, { origin: echo(), client, patience }), {
    outcome: 'skip',
    message: /^only \d+ of \d+ octets came to the origin$/,
  });
});
