import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import close from '../masking/close.check.js';
import text from '../masking/text.check.js';
import controlFrameLimit from './control-frame-limit.check.js';

const patience = { answerMs: 500 };
const via = [carelessHop({ sin: 'polite-close' })];

t.test('a Close that a hop rewrites is not laid at the origin’s door', async (t) => {
  t.match(await tryCheck(controlFrameLimit, { origin: echo(), via, patience }), {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: 'close 1000, though the origin said 1002',
  });
  t.match(await tryCheck(text, { origin: echo(), via, patience }), {
    outcome: 'warn',
    blame: 'careless-hop',
    message: 'closed with 1002 by origin, of which a hop made 1000',
  });
  t.match(await tryCheck(close, { origin: echo(), via, patience }), {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: /^the origin closed with 1002 over an unmasked Close/,
  });
});

t.test('nor is a ping that is too long, and that a hop kept', async (t) => {
  const keeps = [carelessHop({ sin: 'swallow-pings' })];
  t.match(await tryCheck(controlFrameLimit, { origin: echo(), via: keeps, patience }), {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: 'the connection stayed open; the frame never came to the origin as it was',
  });
});
