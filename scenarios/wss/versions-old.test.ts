import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { sniffing } from '../testing/hops.js';
import check from './versions-old.check.js';

t.test('passes an origin that wants TLS 1.2', async (t) => {
  const { outcome, message } = await tryCheck(check, { origin: echo({ tls: true }) });
  t.equal(outcome, 'pass');
  t.equal(message, 'TLSv1 and TLSv1.1 refused, TLSv1.3 taken');
});

t.test('catches one that takes what is older', async (t) => {
  const { outcome, actualText, blame } = await tryCheck(check, {
    origin: careless(['old-tls'], { tls: true }),
  });
  t.equal(outcome, 'fail');
  t.equal(actualText, 'TLSv1 and TLSv1.1 taken');
  t.equal(blame, 'origin');
});

t.test('warns of a hop that leaves an old version without an answer', async (t) => {
  // The version in a ClientHello, behind the heads of its record and its message.
  const via = [
    sniffing(
      (first) => first.readUInt16BE(9) < 0x0303,
      () => {},
    ),
  ];
  const said = await tryCheck(check, { origin: echo({ tls: true }), via, patience: { answerMs: 500 } });
  t.match(said, { outcome: 'warn', message: /^no answer to a ClientHello/ });
});

t.test('is skipped in clear', async (t) => {
  t.equal((await tryCheck(check, { origin: echo() })).outcome, 'skip');
});
