import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import { altering } from '../testing/hops.js';
import check from './extension.check.js';

t.test('passes where compression is agreed on and used', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [passing()] });
  t.match(said, { outcome: 'pass', measured: { extension: /^permessage-deflate; / } });
});

t.test('to take the offer away is allowed, and told', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'strip-extensions' })] });
  t.match(said, { outcome: 'warn', blame: 'careless-hop', measured: { extension: '' } });
});

t.test('catches a hop that takes the answer alone away, and one that loses RSV1', async (t) => {
  const answer = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'strip-agreement' })] });
  t.match(answer, { outcome: 'fail', blame: 'careless-hop', actualText: /the client got none$/ });
  const patience = { answerMs: 400 };
  const rsv = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'clear-rsv' })], patience });
  t.match(rsv, { outcome: 'fail', actualText: 'a compressed message did not reach the origin as sent' });
  const down = carelessHop({ sin: 'clear-rsv-down' });
  t.match(await tryCheck(check, { origin: echo(), via: [down], patience }), {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: /its echo came back as something else$/,
  });
});

t.test('catches a hop that agrees to what was not offered', async (t) => {
  const via = [altering('answer', 'Sec-WebSocket-Extensions', 'x-gauntlet')];
  const said = await tryCheck(check, { origin: echo(), via });
  t.match(said, { outcome: 'fail', blame: 'hop', expectedText: 'an answer that fits the offer' });
});

t.test('warns of a hop that has its own say in what is agreed on', async (t) => {
  const parameters = 'permessage-deflate; server_no_context_takeover; client_max_window_bits=12';
  for (const head of ['request', 'answer'] as const) {
    const value = `${parameters}; client_no_context_takeover`;
    const via = [altering(head, 'Sec-WebSocket-Extensions', value)];
    const said = await tryCheck(check, { origin: echo(), via });
    t.match(said, { outcome: 'warn', blame: 'hop', message: /^a hop agrees on compression by itself/ }, head);
  }
});

t.test('catches an origin whose echo never comes', async (t) => {
  const said = await tryCheck(check, { origin: careless(['mute']), patience: { answerMs: 400 } });
  t.match(said, { outcome: 'fail', actualText: /reached the origin, but no echo/ });
});

t.test('says nothing without a 101', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [stripping()] }), { outcome: 'skip' });
});
