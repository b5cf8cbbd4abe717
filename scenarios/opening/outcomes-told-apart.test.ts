import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { handshake } from '../../proxies/careless/handshake.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { forwarding, passing } from '../../proxies/plain/index.js';
import { only, say } from '../testing/hops.js';
import check from './outcomes-told-apart.check.js';

const patience = { answerMs: 500 };

t.test('passes where each arrives as what it is', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), patience }), {
    outcome: 'pass',
    measured: { refused: '403', reset: 'reset', hung: 'no-answer' },
  });
});

t.test('what a gateway says of a reset is told', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [passing()], patience }), {
    outcome: 'warn',
    message: 'a reset at the origin is 502 at the client',
    measured: { refused: '403', reset: '502' },
  });
});

t.test('catches a hop that says 200 where the origin refuses', async (t) => {
  const via = [carelessHop({ sin: 'polite-refusals' })];
  t.match(await tryCheck(check, { origin: echo(), via, patience }), {
    outcome: 'fail',
    blame: 'careless-hop',
    measured: { refused: '200' },
  });
});

t.test('what a hop says of a request that is never answered', async (t) => {
  const saying = (status: number) => {
    const impatient = only(
      ({ url = '' }) => url.startsWith('/hang'),
      (site) =>
        (request, socket, ...rest) => {
          handshake(site, {})(request, socket, ...rest);
          setTimeout(() => say(status)()(request, socket, ...rest), 100);
        },
    );
    return tryCheck(check, { origin: echo(), via: [impatient], patience });
  };
  t.match(await saying(504), { outcome: 'warn', message: /no answer at the origin is 504 at the client$/ });
  t.match(await saying(200), {
    outcome: 'fail',
    blame: 'hop',
    actualText: 'no answer at the origin was refused with 200 OK at the client',
    measured: { hung: '200' },
  });
});

t.test('catches a hop that leaves the client waiting after a reset', async (t) => {
  const mute = only(
    ({ url = '' }) => url.startsWith('/reset'),
    (site) =>
      (request, _client, ...rest) =>
        handshake(site, {})(request, new PassThrough() as unknown as Socket, ...rest),
  );
  t.match(await tryCheck(check, { origin: echo(), via: [mute], patience }), {
    outcome: 'fail',
    blame: 'hop',
    measured: { reset: 'no-answer' },
  });
});

t.test('says nothing where the origin is not asked', async (t) => {
  const via = [forwarding({ denyPorts: () => true })];
  t.match(await tryCheck(check, { origin: echo(), via, patience }), { outcome: 'skip' });
});
