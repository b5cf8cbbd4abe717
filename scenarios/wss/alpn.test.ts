import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { passing } from '../../proxies/plain/index.js';
import check from './alpn.check.js';

t.test('passes where HTTP/1.1 is chosen', async (t) => {
  t.match(await tryCheck(check, { origin: echo({ tls: true }) }), {
    outcome: 'pass',
    measured: { alpn: 'http/1.1' },
  });
  t.match(await tryCheck(check, { origin: echo(), via: [passing({ tls: true })] }), { outcome: 'pass' });
});

t.test('warns of an origin that chooses h2', async (t) => {
  const { outcome, actualText } = await tryCheck(check, { origin: careless(['h2'], { tls: true }) });
  t.equal(outcome, 'warn');
  t.equal(actualText, 'h2 chosen');
});

t.test('is skipped in clear', async (t) => {
  t.equal((await tryCheck(check, { origin: echo() })).outcome, 'skip');
});
