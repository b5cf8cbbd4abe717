import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { namelessClient } from '../../harness/testing/careless-client.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import check from './sni-sent.check.js';

t.test('passes a client that says the name', async (t) => {
  const { outcome, message } = await tryCheck(check, { origin: echo() });
  t.equal(outcome, 'pass');
  t.equal(message, 'asked for far-end.test');
});

t.test('warns of a client that says none', async (t) => {
  const { outcome, actualText, blame } = await tryCheck(check, { origin: echo(), client: namelessClient() });
  t.equal(outcome, 'warn');
  t.equal(actualText, 'asked for no name');
  t.equal(blame, 'client');
});
