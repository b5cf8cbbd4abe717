import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import { altering, switching } from '../testing/hops.js';
import check from './answer-headers.check.js';

t.test('passes where the 101 arrives as it was sent', async (t) => {
  const nothing = { stripped: '', added: '', rewritten: '' };
  t.match(await tryCheck(check, { origin: echo() }), { outcome: 'pass', measured: nothing });
  t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), {
    outcome: 'pass',
    measured: nothing,
  });
});

t.test('catches a hop that takes the cookie away and gives the 101 a length', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [carelessHop({ sin: 'spoil-answer' })] });
  t.match(said, {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: 'stripped: Set-Cookie; added: Content-Length',
    measured: { stripped: 'Set-Cookie', added: 'Content-Length' },
  });
});

t.test('catches a hop that takes a field away, or changes it', async (t) => {
  for (const name of [
    'Upgrade',
    'Connection',
    'Sec-WebSocket-Accept',
    'Sec-WebSocket-Protocol',
    'Set-Cookie',
    'X-Gauntlet-Answer',
  ]) {
    for (const [actualText, value] of [[`stripped: ${name}`], [`rewritten: ${name}`, 'another']] as const) {
      const via = [altering('answer', name, value)];
      const said = await tryCheck(check, { origin: echo(), via });
      t.match(said, { outcome: 'fail', blame: 'hop', actualText }, actualText);
    }
  }
});

t.test('a field that a hop adds is told, and wrong where it gives the 101 a body', async (t) => {
  const adding = (name: string, value: string) =>
    tryCheck(check, { origin: echo(), via: [altering('answer', name, value)] });
  t.match(await adding('Transfer-Encoding', 'chunked'), {
    outcome: 'fail',
    actualText: 'added: Transfer-Encoding',
  });
  t.match(await adding('X-Hop', '7'), {
    outcome: 'pass',
    message: 'all arrived as sent; added on the way: X-Hop',
  });
});

t.test('catches a hop that refuses what the origin accepted', async (t) => {
  const via = [switching({ tunnels: () => false })];
  t.match(await tryCheck(check, { origin: echo(), via }), {
    outcome: 'fail',
    blame: 'hop',
    actualText: 'the origin gave 101, the client got refused with 502 Bad Gateway',
  });
});

t.test('says nothing where the origin did not accept', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [stripping()] }), {
    outcome: 'skip',
    message: 'the origin did not accept: it gave 426',
  });
});

t.test('catches a hop that makes one field of two cookies', async (t) => {
  const via = [carelessHop({ sin: 'join-cookies' })];
  t.match(await tryCheck(check, { origin: echo(), via }), {
    outcome: 'fail',
    blame: 'careless-hop',
    actualText: 'rewritten: Set-Cookie',
  });
});
