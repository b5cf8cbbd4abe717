import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import check from './no-late-upgrade.check.js';

t.test('passes where TLS is not upgraded to', async (t) => {
  t.match(await tryCheck(check, { origin: echo() }), {
    outcome: 'pass',
    message: 'not accepted: answered 426',
  });
  t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), { outcome: 'pass' });
});

t.test('catches an origin that switches', async (t) => {
  const { outcome, actualText } = await tryCheck(check, { origin: careless(['tls-upgrade']) });
  t.equal(outcome, 'fail');
  t.equal(actualText, '101 with Upgrade: TLS/1.0, HTTP/1.1');
});

t.test('is skipped where nothing is accepted, and over TLS', async (t) => {
  t.equal((await tryCheck(check, { origin: echo(), via: [stripping()] })).outcome, 'skip');
  t.equal((await tryCheck(check, { origin: echo({ tls: true }) })).outcome, 'skip');
});
