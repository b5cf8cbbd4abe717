import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import { only, say } from '../testing/hops.js';
import check from './case-insensitive.check.js';

t.test('passes where every spelling is accepted', async (t) => {
  t.match(await tryCheck(check, { origin: echo() }), { outcome: 'pass' });
  t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), { outcome: 'pass' });
});

t.test('catches an origin that compares text', async (t) => {
  const said = await tryCheck(check, { origin: careless(['case-sensitive']) });
  t.match(said, { outcome: 'fail', blame: 'origin', measured: { refusedSpellings: 3, status: 400 } });
  t.match(said.actualText, /"Upgrade: WebSocket": refused with 400/);
});

t.test('catches a hop that compares names or values as they stand', async (t) => {
  for (const [name, value] of [
    ['Upgrade', 'WebSocket'],
    ['UPGRADE', 'websocket'],
    ['Connection', 'keep-alive, Upgrade'],
    ['connection', 'upgrade'],
  ] as const) {
    const stickler = only(({ rawHeaders }) => rawHeaders[rawHeaders.indexOf(name) + 1] === value, say(400));
    t.match(await tryCheck(check, { origin: echo(), via: [stickler], patience: { answerMs: 400 } }), {
      outcome: 'fail',
      blame: 'hop',
      measured: { refusedSpellings: 1 },
      actualText: `"${name}: ${value}": refused with 400 Bad Request; the origin never saw the request`,
    });
  }
});

t.test('a refusal says nothing where everything is refused', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [stripping()] }), { outcome: 'skip' });
});
