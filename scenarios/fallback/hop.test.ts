import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { handshake } from '../../proxies/careless/handshake.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { perUnit } from '../../proxies/careless/units.js';
import { HoldBack } from '../../proxies/plain/hold-back.js';
import { forwarding, passing, stripping } from '../../proxies/plain/index.js';
import type { Manners } from '../../proxies/plain/serve.js';
import { hop, say } from '../testing/hops.js';
import carries from './carries.check.js';
import connectTunnel from './connect-tunnel.check.js';
import longPollHeld from './long-poll-held.check.js';
import nothingLost from './nothing-lost.check.js';
import pollFresh from './poll-fresh.check.js';
import sseDelay from './sse-delay.check.js';
import sseResume from './sse-resume.check.js';
import sseUnbuffered from './sse-unbuffered.check.js';
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

t.test('WebSocket that carries at a later attempt is told', async (t) => {
  let requests = 0;
  const starting = hop((site) => {
    const sound = handshake(site, {});
    return {
      answers: (_request, response) => ++requests <= 3 && !!response.writeHead(503).end(),
      switches: (...handshake) => (++requests <= 3 ? say(503)() : sound)(...handshake),
    };
  });
  t.match(await tryCheck(carries, { origin: echo(), via: [starting], patience }), {
    outcome: 'warn',
    measured: { transport: 'websocket' },
    actualText: /^websocket, after websocket refused \(refused with 503\)/,
  });
});

/** Sound, but for these manners. */
const behind = (manners: Partial<Manners>) => ({ origin: echo(), via: [hop(manners)], patience });

t.test('events through a hop', async (t) => {
  for (const check of [sseDelay, sseUnbuffered]) {
    const quick = await tryCheck(check, { origin: echo(), via: [passing()], patience });
    t.match(quick, { outcome: 'pass', measured: { events: 16 } });
    const held = await tryCheck(check, { origin: echo(), via: [passing({ buffering: true })], patience });
    t.match(held, { outcome: 'fail', blame: 'plain-proxy', measured: { deliveryDelayMs: -1 } });
    // Delays that a busy machine may have made are not judged.
    const slow = { origin: echo(), via: [carelessHop({ sin: 'delay', delayMs: 1800 })] };
    const late = await tryCheck(check, { ...slow, patience: { answerMs: 2500 } });
    t.match(late, { outcome: 'fail', blame: 'careless-hop', measured: { events: 16 } });
    t.match(
      await tryCheck(check, behind({ answers: (_request, response) => !!response.writeHead(403).end() })),
      {
        outcome: 'skip',
        message: 'server-sent events are not to be had here: refused with 403',
      },
    );
  }
});

t.test('catches a hop that goes silent in the middle of a stream', async (t) => {
  const forgetful = behind({
    through(_request, answer) {
      let count = 0;
      return perUnit(answer, (unit, push) => {
        if (++count <= 10) push(unit);
      });
    },
  });
  t.match(await tryCheck(sseDelay, forgetful), {
    outcome: 'fail',
    blame: 'hop',
    actualText: /^8 of 16 events/,
  });
});

t.test('a hop that buffers unless it is asked not to', async (t) => {
  const asked = behind({
    through: (_request, { headers }) => (headers['x-accel-buffering'] === 'no' ? undefined : new HoldBack()),
  });
  t.match(await tryCheck(sseDelay, asked), { outcome: 'fail', blame: 'hop' });
  t.match(await tryCheck(sseUnbuffered, asked), { outcome: 'pass' });
});

t.test('catches a hop that takes Last-Event-ID away', async (t) => {
  const stripping = behind({
    answers({ rawHeaders }) {
      const at = rawHeaders.findIndex((name) => name.toLowerCase() === 'last-event-id');
      if (at >= 0) rawHeaders.splice(at, 2);
      return false;
    },
  });
  t.match(await tryCheck(sseResume, stripping), {
    outcome: 'fail',
    blame: 'hop',
    actualText: 'the origin saw none',
  });
});

t.test('polls through a hop', async (t) => {
  t.match(await tryCheck(longPollHeld, { origin: echo(), via: [passing()], patience }), { outcome: 'pass' });
  const cut = await tryCheck(longPollHeld, { origin: echo(), via: [passing({ idleMs: 200 })], patience });
  t.match(cut, { outcome: 'fail', blame: 'plain-proxy', measured: { status: 504 } });
  const answering = (body: string, afterMs: number) =>
    behind({
      answers({ url = '' }, response) {
        const held = url.includes(`hold=${patience.idleMs}`);
        if (held) setTimeout(() => response.end(body), afterMs);
        return held;
      },
    });
  const early = await tryCheck(longPollHeld, answering('{"n":0,"ack":0}', 50));
  t.match(early, { outcome: 'fail', blame: 'hop', actualText: /^200 after \d+ ms$/ });
  const other = await tryCheck(longPollHeld, answering('please wait', patience.idleMs));
  t.match(other, { outcome: 'fail', blame: 'hop', measured: { status: 200 } });
});

t.test('polls that are repeated', async (t) => {
  t.match(await tryCheck(pollFresh, { origin: echo(), via: [passing()], patience }), { outcome: 'pass' });
  const via = [carelessHop({ sin: 'naive-cache' })];
  t.match(await tryCheck(pollFresh, { origin: echo(), via, patience }), {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: 'the same answer again',
  });
  const shut = behind({ answers: (_request, response) => !!response.writeHead(403).end() });
  t.match(await tryCheck(pollFresh, shut), { outcome: 'skip', message: /a poll got 403$/ });
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
    actualText: /^the stream broke, or lost an event|^\d+ of 16 events/,
  });
});
