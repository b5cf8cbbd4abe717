import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { forwarding, passing } from '../../proxies/plain/index.js';
import check from './http-version.check.js';

t.test('passes over HTTP/1.1', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [passing()] });
  t.match(said, { outcome: 'pass', measured: { httpVersion: '1.1' } });
});

t.test('catches a hop that asks in HTTP/1.0', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'rewrite-version' })] });
  t.match(said, { outcome: 'fail', blame: 'careless-hop', measured: { httpVersion: '1.0' } });
});

t.test('says nothing where the origin is not asked', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [forwarding({ denyPorts: () => true })] });
  t.match(said, { outcome: 'skip' });
});
