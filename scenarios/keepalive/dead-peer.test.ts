import t from 'tap';
import type { Client, Intermediary } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { deafClient } from '../../harness/testing/careless-client.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { cutting } from '../../proxies/careless/cutting.js';
import { passing } from '../../proxies/plain/index.js';
import { toxiproxy } from '../../proxies/toxiproxy/index.js';
import blackHole from './dead-peer-black-hole.check.js';
import halfOpen from './dead-peer-half-open.check.js';

t.jobs = 4;

for (const [lever, check] of [
  ['black-hole', blackHole],
  ['half-open', halfOpen],
] as const) {
  const judge = (via: readonly Intermediary[], client?: Client) =>
    tryCheck(check, { origin: echo(), via, ...(client && { client }) });

  t.test(`${lever}: passes a client that pings`, async (t) => {
    const { outcome, measured, message } = await judge([toxiproxy()]);
    t.equal(outcome, 'pass', message);
    t.type(measured?.noticedMs, 'number');
  });

  t.test(`${lever}: catches a client that does not`, async (t) => {
    const said = await judge([toxiproxy()], deafClient());
    t.match(said, { outcome: 'fail', blame: 'client', actualText: /^still held for open after/ });
  });

  t.test(`${lever}: does not pass a client that was told`, async (t) => {
    const said = await judge([cutting({ levers: { [lever]: 'fin' } })]);
    t.match(said, { outcome: 'skip', message: /^the path told the client after/ });
  });

  t.test(`${lever}: does not pass a client that is cut off anyway`, async (t) => {
    const said = await judge([cutting({ ageMs: 200, levers: { [lever]: 'silence' } })]);
    t.match(said, { outcome: 'skip', message: /does not stay connected while the path is alive$/ });
  });

  t.test(`${lever}: is skipped where no hop can do it, or does it`, async (t) => {
    t.match(await judge([]), { outcome: 'skip', message: `no hop here has the lever "${lever}"` });
    const idle = { ...passing(), levers: () => ({ [lever]: async () => {} }) };
    t.match(await judge([idle], deafClient()), {
      outcome: 'skip',
      message: `the lever "${lever}" was pulled, and messages still pass`,
    });
  });
}
