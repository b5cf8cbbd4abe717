import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { deafClient } from '../../harness/testing/careless-client.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { type Cut, cutting } from '../../proxies/careless/cutting.js';
import { toxiproxy } from '../../proxies/toxiproxy/index.js';
import check from './dead-peer-black-hole.check.js';

t.jobs = 4;
const doing = (how: Cut) => [cutting({ levers: { 'black-hole': how } })];

t.test('passes a client that pings', async (t) => {
  const { outcome, measured, message } = await tryCheck(check, { origin: echo(), via: [toxiproxy()] });
  t.equal(outcome, 'pass', message);
  t.type(measured?.noticedMs, 'number');
});

t.test('catches a client that does not', async (t) => {
  const { outcome, blame, actualText } = await tryCheck(check, {
    origin: echo(),
    via: [toxiproxy()],
    client: deafClient(),
  });
  t.equal(outcome, 'fail');
  t.equal(blame, 'client');
  t.match(actualText, /^still held for open after/);
});

t.test('does not pass a client that was told', async (t) => {
  const { outcome, message } = await tryCheck(check, { origin: echo(), via: doing('fin') });
  t.equal(outcome, 'skip');
  t.match(message, /^the path told the client after/);
});

t.test('is skipped where no hop can do it', async (t) => {
  const { outcome, message } = await tryCheck(check, { origin: echo() });
  t.equal(outcome, 'skip');
  t.equal(message, 'no hop here has the lever "black-hole"');
});
