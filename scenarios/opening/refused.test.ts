import type { IncomingMessage } from 'node:http';
import t from 'tap';
import type { Check } from '../../harness/model.js';
import { careless, type Sin } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { handshake } from '../../proxies/careless/handshake.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import type { Manners } from '../../proxies/plain/serve.js';
import { altering, hop, only, say } from '../testing/hops.js';
import missingKey from './missing-key.check.js';
import plainGet from './plain-get.check.js';
import wrongMethod from './wrong-method.check.js';
import wrongVersion from './wrong-version.check.js';

t.jobs = 4;
const patience = { answerMs: 500 };

/** What a handshake has wrong with it, how a sound origin refuses it, and the sin of one that does not. */
const CHECKS: readonly [what: string, check: Check, status: number, sin: Sin][] = [
  ['without a key', missingKey, 400, 'any-key'],
  ['by POST', wrongMethod, 405, 'any-method'],
  ['of another version', wrongVersion, 426, 'any-version'],
  ['that asks for no upgrade', plainGet, 426, 'plain-get'],
];

for (const [what, check, status, sin] of CHECKS) {
  t.test(`a handshake ${what}`, async (t) => {
    const direct = await tryCheck(check, { origin: echo() });
    t.match(direct, { outcome: 'pass', measured: { handshake: 'refused', status, refusedBy: 'origin' } });
    t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), { outcome: 'pass' });
    const bad = await tryCheck(check, { origin: careless([sin]) });
    t.match(bad, { outcome: 'fail', blame: 'origin', measured: { handshake: 'accepted', status: 101 } });
    // Where everything is refused, a refusal says nothing.
    t.match(await tryCheck(check, { origin: echo(), via: [stripping()] }), { outcome: 'skip' });
  });
}

const keyless = ({ headers }: IncomingMessage) => headers['sec-websocket-key'] === undefined;

t.test('a refusal is an answer that says so', async (t) => {
  const judge = (does: Parameters<typeof only>[1]) =>
    tryCheck(missingKey, { origin: echo(), via: [only(keyless, does)], patience });
  t.match(await judge(say(403)), { outcome: 'pass', measured: { status: 403, refusedBy: 'hop' } });
  t.match(await judge(() => () => {}), { outcome: 'fail', blame: 'hop', actualText: /no answer within/ });
  t.match(await judge(say('')), { outcome: 'warn', message: /ended without an answer/ });
  for (const status of [200, 302, 500]) {
    const said = await judge(say(status));
    t.match(said, { outcome: 'warn', blame: 'hop', measured: { status } }, `${status}`);
    t.match(said.message, /^not accepted, but refused with/);
  }
});

t.test('blames the origin that leaves it unanswered', async (t) => {
  const origin = careless(['unanswered-refusals']);
  t.match(await tryCheck(missingKey, { origin, via: [passing()], patience }), {
    outcome: 'fail',
    blame: 'origin',
    measured: { handshake: 'no-answer' },
  });
});

t.test('blames the hop that puts it right', async (t) => {
  const key = ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='] as const;
  const mending = only(keyless, (site) =>
    handshake(site, { request: (head) => ({ ...head, fields: [...head.fields, key] }) }),
  );
  t.match(await tryCheck(missingKey, { origin: echo(), via: [mending] }), {
    outcome: 'fail',
    blame: 'hop',
    actualText: 'a hop put it right, and it was accepted',
  });
});

t.test('the list of versions has to arrive, with 13 in it and no drafts', async (t) => {
  const bare = await tryCheck(wrongVersion, { origin: careless(['no-version-list']) });
  t.match(bare, { outcome: 'fail', actualText: /without a list/, blame: 'origin' });
  const listing = (list?: string) =>
    tryCheck(wrongVersion, { origin: echo(), via: [altering('answer', 'Sec-WebSocket-Version', list)] });
  t.match(await listing(), { outcome: 'fail', actualText: /removed on the way$/, blame: 'hop' });
  t.match(await listing('8'), { outcome: 'fail', actualText: 'the list is 8' });
  t.match(await listing('13, 8'), { outcome: 'warn', message: /offers drafts: 8$/ });
  t.match(await listing('13'), { outcome: 'pass', message: /listing 13$/ });
});

t.test(
  'a plain GET may be answered with a page, but not with an error of the server’s, or never',
  async (t) => {
    const judge = (answers: NonNullable<Manners['answers']>) => {
      const via = [hop((site) => ({ answers, switches: handshake(site, {}) }))];
      return tryCheck(plainGet, { origin: echo(), via, patience });
    };
    for (const [status, outcome] of [
      [200, 'pass'],
      [302, 'pass'],
      [404, 'pass'],
      [500, 'warn'],
    ] as const) {
      const said = await judge((_request, response) => !!response.writeHead(status).end());
      t.match(said, { outcome, measured: { status } }, `${status}`);
    }
    t.match(await judge(() => true), { outcome: 'warn', message: 'it is not answered at all' });
  },
);
