import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { misnamingClient } from '../../harness/testing/careless-client.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import check from './sni-sent.check.js';

t.test('passes a client that says the name', async (t) => {
  const { outcome, message } = await tryCheck(check, { origin: echo() });
  t.equal(outcome, 'pass');
  t.equal(message, 'asked for far-end.test');
});

t.test('warns of a client that says none, or another', async (t) => {
  for (const name of [undefined, 'other.test']) {
    t.match(await tryCheck(check, { origin: echo(), client: misnamingClient(name) }), {
      outcome: 'warn',
      actualText: `asked for ${name ?? 'no name'}`,
      blame: 'client',
    });
  }
});
