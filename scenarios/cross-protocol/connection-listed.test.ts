import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { forwarding, passing } from '../../proxies/plain/index.js';
import { firstHeadOnly, only, say, switching, trimmed } from '../testing/hops.js';
import check from './connection-listed.check.js';

const patience = { answerMs: 500 };

t.test('a hop that removes what is listed conforms, and is warned of', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [passing()], patience });
  t.match(said, {
    outcome: 'warn',
    message: /^conformant, but .* Origin, Authorization, Cookie/,
    measured: { stripped: 'Origin, Authorization, Cookie' },
  });
});

t.test('catches a hop that removes what it says itself', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'unlist-own' })], patience });
  t.match(said, { outcome: 'fail', actualText: /x-forwarded-for/, blame: 'careless-hop' });
});

t.test('passes where nothing is removed, and where the list is refused', async (t) => {
  const own = (head: string) => trimmed(head).replace(/^Connection:.*$/m, 'Connection: upgrade\r');
  const kept = await tryCheck(check, { origin: echo(), via: [firstHeadOnly(own)], patience });
  t.match(kept, { outcome: 'pass', message: /though listed/, measured: { stripped: '' } });
  const refusing = only(({ headers }) => /origin/i.test(headers.connection ?? ''), say(400));
  const refused = await tryCheck(check, { origin: echo(), via: [refusing], patience });
  t.match(refused, { outcome: 'pass', message: /refused with 400 Bad Request by a hop/ });
});

t.test('fields that never come tell nothing', async (t) => {
  const dropping = switching({
    request: (head) => ({
      ...head,
      fields: head.fields.filter(([name]) => !/^(?:origin|authorization|cookie)$/i.test(name)),
    }),
  });
  t.match(await tryCheck(check, { origin: echo(), via: [dropping], patience }), { outcome: 'skip' });
  t.match(await tryCheck(check, { origin: echo() }), { outcome: 'skip', message: /no hop/ });
  t.match(await tryCheck(check, { origin: echo(), via: [forwarding()] }), { outcome: 'skip' });
});
