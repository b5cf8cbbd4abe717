import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { forwarding, passing, stripping } from '../../proxies/plain/index.js';
import { altering } from '../testing/hops.js';
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

t.test('catches a hop that takes a field away, or changes it', async (t) => {
  for (const name of [
    'Upgrade',
    'Connection',
    'Sec-WebSocket-Key',
    'Sec-WebSocket-Version',
    'Sec-WebSocket-Protocol',
    'Origin',
    'Cookie',
    'X-Gauntlet-Request',
  ]) {
    for (const [actualText, value] of [[`stripped: ${name}`], [`rewritten: ${name}`, 'another']] as const) {
      const via = [altering('request', name, value)];
      const said = await tryCheck(check, { origin: echo(), via });
      t.match(said, { outcome: 'fail', blame: 'hop', actualText }, actualText);
    }
  }
});

t.test('a Connection that still lists Upgrade does, and Host may be another', async (t) => {
  const judge = (name: string, value: string) =>
    tryCheck(check, { origin: echo(), via: [altering('request', name, value)] });
  const listed = await judge('Connection', 'keep-alive, Upgrade');
  t.match(listed, { outcome: 'pass', measured: { rewritten: 'Connection' } });
  t.match(await judge('Host', 'upstream.test'), { outcome: 'warn', message: /but Host did not as sent/ });
});

t.test('says nothing where the handshake never reaches the origin', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [forwarding({ denyPorts: () => true })] });
  t.match(said, { outcome: 'skip', message: /never reached the origin: .*403 to CONNECT/ });
});

t.test('catches a hop that writes values in lower case', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'lower-values' })] });
  t.match(said, { outcome: 'fail', blame: 'careless-hop', actualText: /^rewritten: Cookie/ });
});

t.test('warns of a hop that undoes escapes in the target', async (t) => {
  const via = [carelessHop({ sin: 'unescape-target' })];
  t.match(await tryCheck(check, { origin: echo(), via }), {
    outcome: 'warn',
    blame: 'careless-hop',
    message: /%2Fhome%3Fa%26b.*, and came for .*\/home\?a&b/,
  });
});
