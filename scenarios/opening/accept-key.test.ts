import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { stripping } from '../../proxies/plain/index.js';
import { altering, only, say } from '../testing/hops.js';
import check from './accept-key.check.js';

t.test('passes where each key gets its own value', async (t) => {
  const { outcome, measured } = await tryCheck(check, { origin: echo() });
  t.match({ outcome, measured }, { outcome: 'pass', measured: { handshakes: 5, distinctAccepts: 5 } });
});

t.test('catches a value that is constant, and one that is the key', async (t) => {
  const constant = await tryCheck(check, { origin: careless(['constant-accept']) });
  t.match(constant, { outcome: 'fail', actualText: 'the same value for every key', blame: 'origin' });
  const key = await tryCheck(check, { origin: careless(['key-as-accept']) });
  t.match(key, { outcome: 'fail', actualText: 'the key itself', blame: 'origin' });
});

t.test('blames a hop that replays the answer to another handshake', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'replay-answer' })] });
  t.match(said, { outcome: 'fail', blame: 'careless-hop', measured: { distinctAccepts: 1 } });
});

t.test('catches a hop that takes the value away', async (t) => {
  const via = [altering('answer', 'Sec-WebSocket-Accept')];
  const said = await tryCheck(check, { origin: echo(), via });
  t.match(said, { outcome: 'fail', actualText: 'no Sec-WebSocket-Accept', blame: 'hop' });
});

t.test('says nothing where not every key is accepted', async (t) => {
  const ofTheStandard = only(
    ({ headers }) => headers['sec-websocket-key'] === 'dGhlIHNhbXBsZSBub25jZQ==',
    say(400),
  );
  t.match(await tryCheck(check, { origin: echo(), via: [ofTheStandard] }), { outcome: 'skip' });
  t.match(await tryCheck(check, { origin: echo(), via: [stripping()] }), { outcome: 'skip' });
});
