import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { forwarding, passing } from '../../proxies/plain/index.js';
import check from './outcomes-told-apart.check.js';

const patience = { answerMs: 500 };

t.test('passes where each arrives as what it is', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), patience }), {
    outcome: 'pass',
    measured: { refused: '403', reset: 'reset', hung: 'no-answer' },
  });
});

t.test('what a gateway says of a reset is told', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [passing()], patience }), {
    outcome: 'warn',
    message: 'a reset at the origin is 502 at the client',
    measured: { refused: '403', reset: '502' },
  });
});

t.test('catches a hop that says 200 where the origin refuses', async (t) => {
  const via = [carelessHop({ sin: 'polite-refusals' })];
  t.match(await tryCheck(check, { origin: echo(), via, patience }), {
    outcome: 'fail',
    blame: 'careless-hop',
    measured: { refused: '200' },
  });
});

t.test('says nothing where the origin is not asked', async (t) => {
  const via = [forwarding({ denyPorts: () => true })];
  t.match(await tryCheck(check, { origin: echo(), via, patience }), { outcome: 'skip' });
});
