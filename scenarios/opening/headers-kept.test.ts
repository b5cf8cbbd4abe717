import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { forwarding, passing, stripping } from '../../proxies/plain/index.js';
import check from './headers-kept.check.js';

t.test('passes where all arrive; what a hop adds is told', async (t) => {
  const direct = await tryCheck(check, { origin: echo() });
  t.match(direct, { outcome: 'pass', measured: { stripped: '', added: '', rewritten: '' } });
  const through = await tryCheck(check, { origin: echo(), via: [passing()] });
  t.match(through, { outcome: 'pass', measured: { stripped: '', added: 'Via', rewritten: '' } });
});

t.test('catches a hop that strips Upgrade', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [stripping()] });
  t.match(said, { outcome: 'fail', blame: 'plain-proxy', measured: { handshake: 'refused' } });
  t.match(said.measured?.stripped, /Upgrade/);
});

t.test('catches a hop that strips subprotocols; extensions are another matter', async (t) => {
  const lost = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'strip-subprotocol' })] });
  t.match(lost, { outcome: 'fail', measured: { stripped: 'Sec-WebSocket-Protocol' } });
  const fewer = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'strip-extensions' })] });
  t.match(fewer, { outcome: 'warn', measured: { stripped: 'Sec-WebSocket-Extensions' } });
});

t.test('says nothing where the handshake never reaches the origin', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [forwarding({ denyPorts: () => true })] });
  t.match(said, { outcome: 'skip', message: /never reached the origin: .*403 to CONNECT/ });
});
