import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import check from './upgrade.check.js';

t.test('passes at a sound origin, and through a hop that passes Upgrade', async (t) => {
  const measured = {
    handshake: 'accepted',
    status: 101,
    clientToOrigin: 'delivered',
    originToClient: 'delivered',
  };
  t.match(await tryCheck(check, { origin: echo() }), { outcome: 'pass', measured });
  t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), { outcome: 'pass', measured });
});

t.test('blames the hop that strips Upgrade, not the origin that refuses for want of it', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [stripping()] });
  t.match(said, { outcome: 'fail', blame: 'plain-proxy', measured: { handshake: 'refused', status: 426 } });
  t.match(said.actualText, /the request came to the origin without Upgrade/);
});

t.test('catches a 101 that is not valid', async (t) => {
  const said = await tryCheck(check, { origin: careless(['constant-accept']) });
  t.match(said, {
    outcome: 'fail',
    blame: 'origin',
    actualText: /Sec-WebSocket-Accept does not fit the key/,
  });
});

t.test('a 101 is not a verdict: it tells which way data is lost', async (t) => {
  const patience = { answerMs: 400 };
  const mute = await tryCheck(check, { origin: careless(['mute']), patience });
  t.match(mute, {
    outcome: 'fail',
    blame: 'origin',
    measured: { clientToOrigin: 'delivered', originToClient: 'dropped' },
  });
  const oneWay = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'one-way' })], patience });
  t.match(oneWay, {
    outcome: 'fail',
    blame: 'careless-hop',
    measured: { clientToOrigin: 'dropped', originToClient: 'dropped' },
  });
});

t.test(
  'a 101 that a hop spoilt is not laid at the origin’s door, nor what it refuses for the hop',
  async (t) => {
    const spoilt = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'add-extension' })] });
    t.match(spoilt, { outcome: 'fail', blame: 'careless-hop', actualText: /that was not asked for/ });
    const late = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'old-version' })] });
    t.match(late, { outcome: 'fail', blame: 'careless-hop', actualText: /to the origin as HTTP\/1.0/ });
    const own = await tryCheck(check, { origin: careless(['constant-accept']), via: [passing()] });
    t.match(own, { outcome: 'fail', blame: 'origin' });
  },
);

t.test('catches a hop that masks what servers send, and one that unmasks what clients send', async (t) => {
  const patience = { answerMs: 400 };
  const down = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'mask-down' })], patience });
  t.match(down, { outcome: 'fail', blame: 'careless-hop', actualText: /the echo came masked/ });
  const up = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'unmask-up' })], patience });
  t.match(up, {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: '101, but the message did not reach the origin as it was sent',
  });
});

t.test('catches a hop that puts in messages of its own', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'greet' })] }), {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: /^a message that it never sent: .*brought to you/,
  });
});

t.test('catches a hop that loses the query, asks for another path, or sets RSV bits', async (t) => {
  const actual = {
    'strip-query': /the origin did not see this handshake/,
    'other-path': /came to the origin for another path: .*\/app\/echo/,
    'set-rsv': /RSV bits that nobody agreed on/,
  } as const;
  for (const [sin, actualText] of Object.entries(actual)) {
    const via = [carelessHop({ sin: sin as keyof typeof actual })];
    const said = await tryCheck(check, { origin: echo(), via, patience: { answerMs: 500 } });
    t.match(said, { outcome: 'fail', blame: 'careless-hop', actualText }, sin);
  }
});

t.test('passes where a hop sends the echo in fragments, as it may', async (t) => {
  const via = [carelessHop({ sin: 'fragment' })];
  t.match(await tryCheck(check, { origin: echo(), via }), { outcome: 'pass' });
});
