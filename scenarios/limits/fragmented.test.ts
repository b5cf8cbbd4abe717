import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import check from './fragmented.check.js';

t.test('catches a hop that loses fragments on the way to the client', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'lose-fragments' })] }), {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: /^octet 1\d\d\d is /,
  });
});
