import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { gullible } from '../../proxies/careless/gullible.js';
import { mockttp } from '../../proxies/mockttp/index.js';
import { forwarding, passing } from '../../proxies/plain/index.js';
import { toxiproxy } from '../../proxies/toxiproxy/index.js';
import check from './end-to-end.check.js';

const origin = echo({ tls: true });

t.test('passes directly, by a tunnel and by a relay', async (t) => {
  for (const via of [[], [forwarding()], [toxiproxy()], [mockttp({ mode: 'pass-through' })]]) {
    const { outcome, measured } = await tryCheck(check, { origin, via });
    t.equal(outcome, 'pass');
    t.match(measured, { tls: 'end-to-end' });
  }
});

t.test('catches an inspector, and one that shows a certificate of the same CA', async (t) => {
  const telling = await tryCheck(check, { origin, via: [mockttp()] });
  t.equal(telling.outcome, 'fail');
  t.match(
    telling.actualText,
    /issued by wsgauntlet mockttp inspection CA, and the origin is reached by a session/,
  );
  const silent = await tryCheck(check, { origin, via: [gullible()] });
  t.equal(silent.outcome, 'fail');
  t.match(silent, { measured: { tls: 'opened', issuer: 'wsgauntlet lab CA' }, blame: 'gullible-inspector' });
});

t.test('tells where a reverse proxy ends TLS by right', async (t) => {
  const clear = await tryCheck(check, { origin: echo(), via: [passing({ tls: true })] });
  t.match(clear, { outcome: 'info', message: 'TLS ends at plain-proxy, and the origin is reached in clear' });
  const anew = await tryCheck(check, { origin, via: [passing({ tls: true })] });
  t.match(anew, { outcome: 'info', measured: { tls: 'ended' } });
  t.match(anew.message, /by a session of its own$/);
});

t.test('is skipped in clear', async (t) => {
  t.equal((await tryCheck(check, { origin: echo() })).outcome, 'skip');
});
