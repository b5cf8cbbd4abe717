import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import check from './wrong-version.check.js';

t.test('passes where it is refused with the list', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [passing()] });
  t.match(said, { outcome: 'pass', message: /listing 13/, measured: { status: 426, refusedBy: 'origin' } });
});

t.test('catches an origin that takes any version, and one that gives no list', async (t) => {
  const any = await tryCheck(check, { origin: careless(['any-version']) });
  t.match(any, { outcome: 'fail', measured: { handshake: 'accepted' }, blame: 'origin' });
  const bare = await tryCheck(check, { origin: careless(['no-version-list']) });
  t.match(bare, { outcome: 'fail', actualText: /without a list/, blame: 'origin' });
});

t.test('a refusal says nothing where everything is refused', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [stripping()] }), { outcome: 'skip' });
});
