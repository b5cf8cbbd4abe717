import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { handshake } from '../../proxies/careless/handshake.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing } from '../../proxies/plain/index.js';
import { only, say } from '../testing/hops.js';
import check from './early-client.check.js';

const patience = { answerMs: 400 };

t.test('passes where it is echoed', async (t) => {
  t.match(await tryCheck(check, { origin: echo() }), { outcome: 'pass' });
  t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), { outcome: 'pass' });
});

t.test('catches an origin and a hop that forget what they read beyond the head', async (t) => {
  const origin = await tryCheck(check, { origin: careless(['drop-early']), patience });
  t.match(origin, { outcome: 'fail', blame: 'origin', measured: { clientToOrigin: 'dropped' } });
  const hop = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'drop-early' })], patience });
  t.match(hop, { outcome: 'fail', blame: /careless-hop/, measured: { clientToOrigin: 'dropped' } });
});

t.test('warns of a hop that refuses it, and of one that hangs up over it', async (t) => {
  const early = (does: Parameters<typeof only>[1]) =>
    tryCheck(check, { origin: echo(), via: [only((_request, { length }) => length > 0, does)], patience });
  const refused = await early(say(400));
  t.match(refused, { outcome: 'warn', measured: { handshake: 'refused' } });
  const ended = await early((site) => handshake(site, { tunnel: ({ drop }) => ({ up: drop }) }));
  t.match(ended, { outcome: 'warn', message: 'the connection was ended for it (fin)' });
});

t.test('says nothing of a path that echoes nothing', async (t) => {
  t.match(await tryCheck(check, { origin: careless(['mute']), patience }), { outcome: 'skip' });
});
