import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { gullible } from '../../proxies/careless/gullible.js';
import { forwarding, passing } from '../../proxies/plain/index.js';
import check from './sni-kept.check.js';

const origin = echo({ tls: true });

t.test('passes where the name arrives', async (t) => {
  for (const via of [[], [forwarding()], [passing({ tls: true })]]) {
    const { outcome, message } = await tryCheck(check, { origin, via });
    t.equal(outcome, 'pass');
    t.equal(message, 'the origin was asked for gauntlet.test');
  }
});

t.test('catches a hop that asks for no name', async (t) => {
  const { outcome, actualText, blame } = await tryCheck(check, { origin, via: [gullible()] });
  t.equal(outcome, 'fail');
  t.equal(actualText, 'asked for no name');
  t.equal(blame, 'gullible-inspector');
});

t.test('catches a hop that asks for another name', async (t) => {
  const { outcome, actualText } = await tryCheck(check, { origin, via: [gullible({ asks: 'other.test' })] });
  t.equal(outcome, 'fail');
  t.equal(actualText, 'asked for other.test');
  const { outcome: kept } = await tryCheck(check, { origin, via: [gullible({ asks: 'gauntlet.test' })] });
  t.equal(kept, 'pass');
});

t.test('is skipped where the origin speaks no TLS', async (t) => {
  t.equal((await tryCheck(check, { origin: echo(), via: [passing({ tls: true })] })).outcome, 'skip');
  t.equal((await tryCheck(check, { origin: echo() })).outcome, 'skip');
});
