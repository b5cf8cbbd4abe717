import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing } from '../../proxies/plain/index.js';
import size0 from './size-0.check.js';
import size65536 from './size-65536.check.js';

const patience = { answerMs: 500 };

t.test('empty messages pass, and a hop that drops them is caught', async (t) => {
  for (const via of [[], [passing()]]) {
    t.match(await tryCheck(size0, { origin: echo(), via, patience }), { outcome: 'pass' });
  }
  const via = [carelessHop({ sin: 'drop-empty' })];
  t.match(await tryCheck(size0, { origin: echo(), via, patience }), {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: /^text: nothing came back/,
  });
});

t.test('a message that comes twice is not whole', async (t) => {
  const via = [carelessHop({ sin: 'double-long' })];
  t.match(await tryCheck(size65536, { origin: echo(), via, patience }), {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: 'text: something else came before the message behind it',
  });
});
