import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing } from '../../proxies/plain/index.js';
import { firstHeadOnly, hop, trimmed } from '../testing/hops.js';
import check from './unasked-101.check.js';

const patience = { answerMs: 500 };

t.test('passes where the hop takes it for a broken answer', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [passing()], patience });
  t.match(said, { outcome: 'pass', message: /502/, measured: { status: 502, tunnel: false } });
});

t.test('catches a hop that hands the 101 on', async (t) => {
  const via = [carelessHop({ sin: 'relay-any-101' })];
  const said = await tryCheck(check, { origin: echo(), via, patience });
  t.match(said, {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: /handed on to a client that had asked for nothing/,
    measured: { handshake: 'accepted', status: 101, tunnel: false },
  });
});

t.test('catches a tunnel', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [firstHeadOnly(trimmed)], patience });
  t.match(said, { outcome: 'fail', actualText: /octet for octet/, measured: { tunnel: true } });
});

t.test('catches a hop that keeps the 101 until there is more of it', async (t) => {
  const via = [firstHeadOnly(trimmed, (head) => head.startsWith('GET /unasked'))];
  const said = await tryCheck(check, { origin: echo(), via, patience });
  t.match(said, { outcome: 'fail', actualText: /no answer within 500 ms; once the server ends/ });
});

t.test('a page that is not reached shows nothing', async (t) => {
  const refusing = hop({
    answers(request, response) {
      if (!request.url?.startsWith('/unasked')) return false;
      response.writeHead(403).end();
      return true;
    },
  });
  t.match(await tryCheck(check, { origin: echo(), via: [refusing], patience }), {
    outcome: 'skip',
    message: /the origin was not asked for the page that answers 101: refused with 403/,
  });
  t.match(await tryCheck(check, { origin: echo(), patience }), { outcome: 'skip', message: /no hop/ });
});
