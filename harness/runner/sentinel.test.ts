import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { createAuthority } from '../certificates.js';
import type { Check, Finding } from '../model.js';
import { echo } from '../origins/echo.js';
import { run } from '../runner.js';
import { mortal } from '../testing/mortal.js';
import { fail, pass } from '../verdict.js';
import { Sentinel } from './sentinel.js';

const authority = await createAuthority();
const signal = new AbortController().signal;

const check = (work: Check['run'], more: Partial<Check> = {}): Check => ({
  title: 't',
  requirement: 'It MUST.',
  severity: 'medium',
  refs: [],
  run: work,
  ...more,
});

async function found(checks: Record<string, Check>, origin: string): Promise<Record<string, Finding>> {
  const scenario = { title: 's', origin: echo(), via: [], checks: ['x'] };
  const task = { id: 'origin', scenario, checks };
  const findings: Record<string, Finding> = {};
  const patience = { answerMs: 1000, idleMs: 500, limitMs: 500 };
  const choose = async () => [];
  const options = { authority, choose, signal, jobs: 1, timeoutMs: 20_000, retries: 0, patience, origin };
  for await (const event of run([task], options)) {
    if (event.type === 'finding') findings[event.finding.check] = event.finding;
  }
  return findings;
}

t.test('a server that is there all along changes nothing', async (t) => {
  const server = await mortal(t);
  const one = check(async (probe) => {
    await probe.raw();
    return pass('fine');
  });
  t.match(await found({ 'a/one': one, 'a/two': one }, server.url()), {
    'a/one': { outcome: 'pass', message: 'fine' },
    'a/two': { outcome: 'pass', message: 'fine' },
  });
});

t.test('what is seen once the server is gone does not count, and says since when', async (t) => {
  const server = await mortal(t);
  const findings = await found(
    {
      'a/before': check(async (probe) => {
        await probe.raw();
        return pass('fine');
      }),
      'b/deadly': check(async (probe) => {
        await sleep(400);
        await server.down();
        // What one is fooled by: the connection is gone, as was demanded.
        return (await probe.dial()).handshake === 'accepted' ? fail('an end', 'none') : pass('dropped');
      }),
      'b/beside': check(async () => {
        await sleep(600);
        return pass('dropped');
      }),
      'c/later': check(async () => pass('it never ought to be asked'), { alone: true }),
    },
    server.url(),
  );
  const { 'b/deadly': deadly, 'b/beside': beside } = findings;
  t.match(findings['a/before'], { outcome: 'pass' });
  const since =
    /^the server does not answer any more since (b\/deadly and b\/beside|b\/beside and b\/deadly) were tried$/;
  t.match(deadly, { outcome: 'error', message: since });
  t.match(beside, { outcome: 'error', message: since });
});

t.test(
  'where one check alone can have done it, its failure stands, and those after it name it',
  async (t) => {
    const server = await mortal(t);
    const deadly = check(async () => {
      await server.down();
      return fail('close 1002', 'a reset');
    });
    const watch = new Sentinel(server.url(), 500, signal);
    t.equal(await watch.before('b/deadly'), undefined);
    await deadly.run({} as never);
    const why = 'the server does not answer any more since b/deadly was tried';
    t.same(await watch.after('b/deadly'), { why, alone: true });
    t.equal(await watch.before('c/later'), why);
    await server.up();
    t.equal(await watch.before('c/later'), undefined, 'it has come back');
    t.equal(await watch.after('c/later'), undefined);

    const findings = await found({ 'b/deadly': deadly }, server.url());
    t.match(findings['b/deadly'], {
      outcome: 'fail',
      expectedText: 'close 1002',
      actualText: 'a reset; and the server does not answer any more',
    });
  },
);

t.test('many at once are named in part; being called off is no loss', async (t) => {
  const watch = new Sentinel('ws://127.0.0.1:9/', 500, signal);
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await watch.before(id);
  t.match(await watch.after('c'), {
    why: 'the server does not answer any more since a, b, c, d and 2 more were tried',
    alone: false,
  });
  const off = new Sentinel('ws://127.0.0.1:9/', 500, AbortSignal.abort());
  await off.before('a');
  t.equal(await off.after('a'), undefined);
});
