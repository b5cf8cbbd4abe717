import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { forwarding, passing, stripping } from '../../proxies/plain/index.js';
import carries from './carries.check.js';
import connectTunnel from './connect-tunnel.check.js';
import longPollHeld from './long-poll-held.check.js';
import nothingLost from './nothing-lost.check.js';
import sseDelay from './sse-delay.check.js';
import whenRefused from './when-refused.check.js';

t.jobs = 8;
const patience = { answerMs: 600, idleMs: 700 };

t.test('what carries', async (t) => {
  const sound = await tryCheck(carries, { origin: echo(), via: [passing()], patience });
  t.match(sound, { outcome: 'pass', measured: { transport: 'websocket' } });
  const stripped = await tryCheck(carries, { origin: echo(), via: [stripping()], patience });
  t.match(stripped, {
    outcome: 'warn',
    blame: 'plain-proxy',
    measured: { transport: 'sse' },
    expectedText: 'websocket',
  });
  const shut = forwarding({ connect: false, absolute: false });
  t.match(await tryCheck(carries, { origin: echo(), via: [shut], patience }), { outcome: 'fail' });
});

t.test('events and polls through a hop', async (t) => {
  const quick = await tryCheck(sseDelay, { origin: echo(), via: [passing()], patience });
  t.match(quick, { outcome: 'pass', measured: { events: 16 } });
  const held = await tryCheck(sseDelay, { origin: echo(), via: [passing({ buffering: true })], patience });
  t.match(held, { outcome: 'fail', blame: 'plain-proxy', measured: { deliveryDelayMs: -1 } });
  t.match(await tryCheck(longPollHeld, { origin: echo(), via: [passing()], patience }), { outcome: 'pass' });
  const cut = await tryCheck(longPollHeld, { origin: echo(), via: [passing({ idleMs: 200 })], patience });
  t.match(cut, { outcome: 'fail', blame: 'plain-proxy', measured: { status: 504 } });
});

t.test('a tunnel by CONNECT', async (t) => {
  t.equal((await tryCheck(connectTunnel, { origin: echo(), patience })).outcome, 'skip');
  const open = forwarding({ denyPorts: () => false });
  const sound = await tryCheck(connectTunnel, { origin: echo(), via: [open], patience });
  t.match(sound, { outcome: 'pass', measured: { transport: 'connect' } });
  const shut = forwarding({ denyPorts: () => true });
  const caught = await tryCheck(connectTunnel, { origin: echo(), via: [shut], patience });
  t.match(caught, { outcome: 'fail', blame: 'plain-forward-proxy', actualText: /answered 403 to CONNECT/ });
});

t.test('what a hop does to a stream is not laid at the client’s door', async (t) => {
  const via = [carelessHop({ sin: 'refuse-posts' })];
  const [refused, lost, events] = await Promise.all([
    tryCheck(whenRefused, { origin: echo(), via, patience }),
    tryCheck(nothingLost, { origin: echo(), via, patience }),
    tryCheck(sseDelay, { origin: echo(), via: [carelessHop({ sin: 'lose-events' })], patience }),
  ]);
  t.match(refused, { outcome: 'fail', blame: 'careless-hop', actualText: /^only 0 of 5 numbers/ });
  t.match(lost, { outcome: 'fail', blame: 'careless-hop', actualText: /^up: \d+ of 12 arrived$/ });
  t.match(events, {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: /^the stream broke, or lost an event/,
  });
});
