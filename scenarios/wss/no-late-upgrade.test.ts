import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import { only, say } from '../testing/hops.js';
import check from './no-late-upgrade.check.js';

t.test('passes where TLS is not upgraded to', async (t) => {
  t.match(await tryCheck(check, { origin: echo() }), {
    outcome: 'pass',
    message: 'not accepted: answered 426',
  });
  t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), { outcome: 'pass' });
});

t.test('catches an origin that switches', async (t) => {
  const { outcome, actualText } = await tryCheck(check, { origin: careless(['tls-upgrade']) });
  t.equal(outcome, 'fail');
  t.equal(actualText, '101 with Upgrade: TLS/1.0, HTTP/1.1');
});

t.test(
  'catches a hop that accepts it by itself, beside WebSocket or for it; warns of one that is silent',
  async (t) => {
    const asked = (upgrade: string, does: Parameters<typeof only>[1]) => {
      const via = [only(({ headers }) => headers.upgrade === upgrade, does)];
      return tryCheck(check, { origin: echo(), via, patience: { answerMs: 500 } });
    };
    const switching = (to: string) =>
      say(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${to}\r\nConnection: Upgrade\r\n\r\n`);
    const beside = await asked('websocket, TLS/1.0', switching('TLS/1.0'));
    t.match(beside, { outcome: 'fail', blame: 'hop', actualText: '101 with Upgrade: TLS/1.0' });
    const other = await asked('TLS/1.0', switching('websocket'));
    t.match(other, { outcome: 'fail', blame: 'hop', actualText: '101 to Upgrade: TLS/1.0' });
    t.match(await asked('TLS/1.0', () => () => {}), { outcome: 'warn', message: /^no answer/ });
  },
);

t.test('is skipped where nothing is accepted, and over TLS', async (t) => {
  t.equal((await tryCheck(check, { origin: echo(), via: [stripping()] })).outcome, 'skip');
  t.equal((await tryCheck(check, { origin: echo({ tls: true }) })).outcome, 'skip');
});
