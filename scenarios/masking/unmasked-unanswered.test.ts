import t from 'tap';
import type { Check } from '../../harness/model.js';
import { careless } from '../../harness/origins/careless.js';
import { tryAt } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import binary from './binary.check.js';
import close from './close.check.js';
import continuation from './continuation.check.js';
import ping from './ping.check.js';
import text from './text.check.js';

const patience = { answerMs: 500 };

t.test('at an endpoint that answers no message, tells by whether the connection goes on', async (t) => {
  const mute = wsOrigin({ title: 'mute' }, {}, () => {});
  const passes = async (check: Check) => {
    const said = await tryAt(check, { origin: mute, patience });
    t.equal(said.outcome, 'pass', `${check.title}: ${said.message}`);
  };
  const catches = async (check: Check) => {
    const said = await tryAt(check, { origin: careless(['unmasked', 'mute']), patience });
    const actualText = /^the connection went on after an unmasked/;
    t.match(said, { outcome: 'fail', actualText, measured: { unmasked: 'passed' } }, check.title);
  };
  await Promise.all([
    ...[binary, close, continuation, ping, text].map(passes),
    ...[binary, continuation, text].map(catches),
  ]);
});
