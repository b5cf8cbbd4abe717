import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { mockttp } from '../../proxies/mockttp/index.js';
import check from './content-inspection.check.js';

const block = 'gauntlet-forbidden';

t.test('one filter: clear is read, opaque is not, inspected is read again', async (t) => {
  const clear = await tryCheck(check, { origin: echo(), via: [mockttp({ block })] });
  t.match(clear, { outcome: 'fail', measured: { content: 'blocked' }, blame: 'mockttp' });
  t.match(clear.actualText, /^the connection ended \(close 1008\)$/);

  const origin = echo({ tls: true });
  const opaque = await tryCheck(check, { origin, via: [mockttp({ mode: 'pass-through', block })] });
  t.match(opaque, { outcome: 'pass', measured: { content: 'passed' } });

  const inspected = await tryCheck(check, { origin, via: [mockttp({ block })] });
  t.match(inspected, { outcome: 'fail', measured: { content: 'blocked' }, blame: 'mockttp' });
});

t.test('passes where there is no filter', async (t) => {
  t.equal((await tryCheck(check, { origin: echo() })).outcome, 'pass');
});

t.test('does not pass or fail where nothing comes back at all', async (t) => {
  t.equal((await tryCheck(check, { origin: careless(['mute']) })).outcome, 'skip');
});
