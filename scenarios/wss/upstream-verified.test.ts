import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { gullible } from '../../proxies/careless/gullible.js';
import { mockttp } from '../../proxies/mockttp/index.js';
import { forwarding } from '../../proxies/plain/index.js';
import check from './upstream-verified.check.js';

const origin = echo({ tls: true });

t.test('passes an inspector that verifies', async (t) => {
  const { outcome, message } = await tryCheck(check, { origin, via: [mockttp()] });
  t.equal(outcome, 'pass', message);
});

t.test('catches one that does not', async (t) => {
  const { outcome, actualText, blame } = await tryCheck(check, { origin, via: [gullible()] });
  t.equal(outcome, 'fail');
  t.match(actualText, /bad: expired, self-signed, untrusted, wrong-name$/);
  t.equal(blame, 'gullible-inspector');
});

t.test('warns of one that leaves the client waiting', async (t) => {
  const via = [gullible({ asks: 'gauntlet.test', waits: true })];
  const { outcome, message } = await tryCheck(check, { origin, via, patience: { answerMs: 500 } });
  t.equal(outcome, 'warn');
  t.match(message, /in the time watched: expired, self-signed, untrusted, wrong-name$/);
});

t.test('is skipped where nobody opens the TLS', async (t) => {
  const { outcome, message } = await tryCheck(check, { origin, via: [forwarding()] });
  t.equal(outcome, 'skip');
  t.equal(message, 'nobody opens the TLS here: the client verifies for itself');
  t.equal((await tryCheck(check, { origin })).outcome, 'skip');
  t.equal((await tryCheck(check, { origin: echo() })).outcome, 'skip');
});
