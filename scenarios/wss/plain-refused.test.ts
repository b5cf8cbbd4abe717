import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { forwarding, passing } from '../../proxies/plain/index.js';
import { emptyAnswer } from '../../proxies/plain/serve.js';
import { sniffing } from '../testing/hops.js';
import check from './plain-refused.check.js';

t.test('passes where a handshake in clear is not taken', async (t) => {
  const origin = echo({ tls: true });
  t.match(await tryCheck(check, { origin }), { outcome: 'pass' });
  t.match(await tryCheck(check, { origin, via: [forwarding()] }), { outcome: 'pass' });
  t.match(await tryCheck(check, { origin: echo(), via: [passing({ tls: true })] }), { outcome: 'pass' });
});

t.test('catches an origin that takes both', async (t) => {
  const origin = careless(['clear-too'], { tls: true });
  const { outcome, actualText, blame } = await tryCheck(check, { origin });
  t.equal(outcome, 'fail');
  t.equal(actualText, '101 in clear');
  t.equal(blame, 'origin');
  t.equal((await tryCheck(check, { origin, via: [forwarding()] })).outcome, 'fail');
});

t.test('a refusal says so, and comes', async (t) => {
  const inClear = (does: Parameters<typeof sniffing>[1]) => {
    const via = [sniffing((first) => first.toString('latin1').startsWith('GET '), does)];
    return tryCheck(check, { origin: echo({ tls: true }), via, patience: { answerMs: 500 } });
  };
  t.match(await inClear((client) => client.end(emptyAnswer(400))), {
    outcome: 'pass',
    measured: { status: 400 },
  });
  t.match(await inClear((client) => client.end()), { outcome: 'pass', message: 'the connection was closed' });
  t.match(await inClear((client) => client.end(emptyAnswer(301))), {
    outcome: 'warn',
    measured: { status: 301 },
  });
  t.match(await inClear(() => {}), { outcome: 'warn', measured: { handshake: 'no-answer' } });
});

t.test('is skipped where wss is not had either, and in clear', async (t) => {
  t.equal((await tryCheck(check, { origin: echo({ certificate: 'expired' }) })).outcome, 'skip');
  t.equal((await tryCheck(check, { origin: echo() })).outcome, 'skip');
});
