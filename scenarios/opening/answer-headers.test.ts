import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import check from './answer-headers.check.js';

t.test('passes where the 101 arrives as it was sent', async (t) => {
  const nothing = { stripped: '', added: '', rewritten: '' };
  t.match(await tryCheck(check, { origin: echo() }), { outcome: 'pass', measured: nothing });
  t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), {
    outcome: 'pass',
    measured: nothing,
  });
});

t.test('catches a hop that takes the cookie away and gives the 101 a length', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'spoil-answer' })] });
  t.match(said, {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: 'stripped: Set-Cookie; added: Content-Length',
    measured: { stripped: 'Set-Cookie', added: 'Content-Length' },
  });
});

t.test('says nothing where the origin did not accept', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [stripping()] }), {
    outcome: 'skip',
    message: 'the origin did not accept: it gave 426',
  });
});
