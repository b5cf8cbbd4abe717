import t from 'tap';
import { entries, load } from '../../harness/catalogue.js';
import { eachOf } from '../../harness/channel.js';
import type { Check } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { passing } from '../../proxies/plain/index.js';

const TOPICS = ['framing', 'utf8', 'closing', 'fragments'];
const patience = { answerMs: 500, limitMs: 700 };
/** What these say of the echo origin; all others pass. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'framing/masking-key-zero': 'info',
  'utf8/fails-when': 'info',
  'fragments/held': 'warn',
  'fragments/tiny': 'warn',
  'fragments/empty': 'warn',
};

for (const via of [[], [passing()]]) {
  t.test(`what is tried at endpoints is tried at places as well, behind ${via.length} hops`, async (t) => {
    const wanted = entries('check').filter(({ id }) => TOPICS.includes(id.split('/')[0]!));
    await eachOf(wanted, 8, new AbortController().signal, async (entry) => {
      const said = await tryCheck(await load<Check>(entry), { origin: echo(), via, patience });
      t.equal(said.outcome, OTHERWISE[entry.id] ?? 'pass', `${entry.id}: ${said.message}`);
    });
  });
}
