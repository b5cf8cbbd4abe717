import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { mockttp } from '../../proxies/mockttp/index.js';
import { passing } from '../../proxies/plain/index.js';
import check from './issuer.check.js';

t.test('passes where the lab signed, at the origin and at a hop that ends TLS', async (t) => {
  const direct = await tryCheck(check, { origin: echo({ tls: true }) });
  t.match(direct, { outcome: 'pass', measured: { issuer: 'wsgauntlet lab CA' } });
  const ended = await tryCheck(check, { origin: echo(), via: [passing({ tls: true })] });
  t.match(ended, { outcome: 'pass', measured: { issuer: 'wsgauntlet lab CA' } });
});

t.test('catches an inspector by the CA that it signs with', async (t) => {
  const { outcome, measured, blame } = await tryCheck(check, {
    origin: echo({ tls: true }),
    via: [mockttp()],
  });
  t.equal(outcome, 'fail');
  t.match(measured, { issuer: 'wsgauntlet mockttp inspection CA' });
  t.equal(blame, 'mockttp');
});

t.test('catches a hop with a certificate of another CA', async (t) => {
  const via = [passing({ tls: true, certificate: 'untrusted' })];
  const { outcome, actualText } = await tryCheck(check, { origin: echo(), via });
  t.equal(outcome, 'fail');
  t.equal(actualText, 'issued by wsgauntlet stranger CA');
});

t.test('catches a certificate of the right CA that does not verify', async (t) => {
  const { outcome, actualText } = await tryCheck(check, { origin: echo({ certificate: 'expired' }) });
  t.equal(outcome, 'fail');
  t.equal(actualText, 'the certificate has expired');
});

t.test('is skipped in clear', async (t) => {
  t.equal((await tryCheck(check, { origin: echo() })).outcome, 'skip');
});
