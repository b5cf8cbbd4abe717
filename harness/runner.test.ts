import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import t from 'tap';
import { passing } from '../proxies/plain/index.js';
import { createAuthority } from './certificates.js';
import { Refusal } from './lab.js';
import type { Check, Finding, Intermediary, Scenario, Verdict } from './model.js';
import { echo } from './origins/echo.js';
import { type RunnerOptions, run, type Task } from './runner.js';
import inProcess from './runtimes/in-process.js';
import { fail, pass } from './verdict.js';

const meta = { title: 't', requirement: 'r', severity: 'low', refs: ['RFC 6455'] } as const;
const check = (act: Check['run'], more: Partial<Check> = {}): Check => ({ ...meta, ...more, run: act });
const scenario: Scenario = { title: 'here', origin: echo(), via: [], checks: [] };

async function findings(tasks: readonly Task[], more: Partial<RunnerOptions> = {}): Promise<Finding[]> {
  const events = run(tasks, {
    authority: await createAuthority(),
    choose: async () => [inProcess()],
    signal: new AbortController().signal,
    jobs: 2,
    timeoutMs: 5000,
    retries: 0,
    patience: { answerMs: 500, idleMs: 500, limitMs: 500 },
    ...more,
  });
  const all: Finding[] = [];
  for await (const event of events) if (event.type === 'finding') all.push(event.finding);
  return all;
}
const one = async (checked: Check, more: Partial<RunnerOptions> = {}, place: Partial<Scenario> = {}) =>
  (
    await findings([{ id: 'here', scenario: { ...scenario, ...place }, checks: { 'a/b': checked } }], more)
  )[0]!;

t.test('a finding tells check, place, outcome and what both ends saw', async (t) => {
  const finding = await one(
    check(async (probe) => {
      await probe.raw();
      return pass('fine', { measured: { status: 101 } });
    }),
  );
  t.match(finding, {
    id: 'here › a/b',
    check: 'a/b',
    scenario: 'here',
    outcome: 'pass',
    expected: 'pass',
    differs: false,
    message: 'fine',
    measured: { status: 101 },
  });
  const seen = finding.evidence.map(({ by, kind, text }) => `${by} ${kind} ${text.split(' ')[0]}`);
  for (const line of ['client sent GET', 'origin received GET', 'origin sent HTTP', 'client received HTTP'])
    t.ok(seen.includes(line), line);
  const times = finding.evidence.map(({ at }) => at);
  t.same(
    times,
    [...times].sort((a, b) => a - b),
    'on one clock',
  );
});

t.test('a fault of the harness is an error, never a verdict', async (t) => {
  const broken = check(() => Promise.reject(new TypeError('undefined is not a function')));
  t.match(await one(broken), { outcome: 'error', differs: true, message: /undefined is not a function/ });
  const stuck = check(() => new Promise(() => {}));
  t.match(await one(stuck, { timeoutMs: 100 }), { outcome: 'error', message: 'not finished within 100 ms' });
});

t.test('without a baseline a check is skipped, with the reason', async (t) => {
  const looks = check(async (probe) => {
    await probe.raw({ path: '/status/403' });
    return pass('never');
  });
  t.match(await one(looks), {
    outcome: 'skip',
    differs: false,
    message: /no baseline here: refused with 403/,
  });
});

t.test('what no runtime carries is skipped with their sentences', async (t) => {
  const refused = {
    choose: () => Promise.reject(new Refusal('nothing here carries squid: no `squid` on PATH')),
  };
  t.match(
    await one(
      check(async () => pass('never')),
      refused,
    ),
    { outcome: 'skip', message: /no `squid` on PATH/ },
  );
});

t.test('expectations and reasons are part of the finding', async (t) => {
  const failing = check(async () => fail('101', '400'));
  const expect = { a: { outcome: 'fail' as const, because: 'it strips' } };
  const known = await one(failing, {}, { expect });
  t.match(known, { outcome: 'fail', expected: 'fail', because: 'it strips', differs: false });
  t.match(known, { expectedText: '101', actualText: '400' });
  t.match(
    await one(
      check(async () => pass('fine')),
      {},
      { expect },
    ),
    { outcome: 'pass', differs: true },
  );
});

t.test('what differs is tried again as often as was asked', async (t) => {
  let tries = 0;
  const flaky = check(async () => (++tries < 3 ? fail('a', 'b') : pass('at last')));
  t.match(await one(flaky, { retries: 3 }), { outcome: 'pass', tries: 3 });
});

t.test('secrets do not get into a finding', async (t) => {
  const finding = await one(
    check(async (probe) => {
      await probe.dial({
        path: '/echo?token=s3cret1',
        headers: [
          ['Authorization', 'Bearer s3cret2'],
          ['Cookie', 'sid=s3cret3'],
        ],
      });
      return fail('x', 'Authorization: Bearer s3cret4');
    }),
  );
  const texts = finding.evidence.map(
    ({ text, bytes = '' }) => text + Buffer.from(bytes, 'base64').toString(),
  );
  t.notMatch([...texts, finding.message, finding.actualText].join('\n'), /s3cret/);
});

t.test('a hop that ends in the middle makes errors of what it carried', async (t) => {
  const dying: Intermediary = {
    name: 'nginx',
    role: 'transparent',
    embed: async () => ({ async [Symbol.asyncDispose]() {} }),
  };
  const runtime = inProcess();
  const choose = async () => [
    {
      ...runtime,
      start: async (...args: Parameters<typeof runtime.start>) => ({
        ...(await runtime.start(...args)),
        ...(args[0] === dying && {
          died: new Promise<string>((tell) => setTimeout(tell, 50, 'exit code 1')),
        }),
      }),
    },
  ];
  const waits = check(async (probe) => {
    await probe.wait(300);
    return pass('never');
  });
  const finding = await one(waits, { choose }, { via: [dying] });
  t.match(finding, { outcome: 'error', message: 'nginx ended during the scenario: exit code 1' });
});

t.test('a check that breaks its path has it for itself', async (t) => {
  const ports: string[] = [];
  const note = check(async (probe) => {
    ports.push(probe.route.url);
    return pass('fine');
  });
  const checks = { 'a/a': note, 'a/b': note, 'a/c': { ...note, alone: true } };
  t.equal((await findings([{ id: 'here', scenario, checks }])).length, 3);
  t.equal(new Set(ports).size, 2);
});

t.test('no recording stands in the path of a check that needs it bare', async (t) => {
  const breaks = check(async (probe) => {
    await probe.raw();
    return fail('nothing', 'something');
  });
  const checks = { 'a/a': breaks, 'a/b': { ...breaks, bare: true }, 'a/c': { ...breaks, bare: true } };
  const chain = { ...scenario, via: [passing(), passing()] };
  const all = await findings([{ id: 'here', scenario: chain, checks }]);
  const recorded = all.filter(({ evidence }) => evidence.some(({ by }) => by.includes(' → ')));
  t.same(
    recorded.map((finding) => finding.check),
    ['a/a'],
  );
  t.same(
    all.map(({ outcome }) => outcome),
    ['fail', 'fail', 'fail'],
  );
});

t.test('what was measured once is evidence for all that rely on it', async (t) => {
  const measures = check(async (probe) => {
    const token = await probe.once('fact', async () => (await probe.raw()).token);
    return pass(token);
  });
  const all = await findings([{ id: 'here', scenario, checks: { 'a/a': measures, 'a/b': measures } }]);
  t.equal(all[0]?.message, all[1]?.message, 'measured once');
  for (const { evidence } of all) t.ok(evidence.some(({ by }) => by === 'origin'));
});

t.test('a run that is called off leaves nothing, and yields nothing more', async (t) => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith(`wsgauntlet-${process.pid}-`)).length;
  const stop = new AbortController();
  const slow = check(async (probe) => {
    setTimeout(() => stop.abort(), 20);
    await probe.wait(5000);
    return pass('never');
  });
  const tasks = ['one', 'two', 'three'].map((id) => ({ id, scenario, checks: { 'a/b': slow } }));
  t.same(await findings(tasks, { signal: stop.signal, jobs: 1 }), []);
  const after = readdirSync(tmpdir()).filter((name) => name.startsWith(`wsgauntlet-${process.pid}-`)).length;
  t.equal(after, before);
});

t.test('what is no verdict is an error, and of one check alone', async (t) => {
  const none = check(() => Promise.resolve(undefined as unknown as Verdict));
  const unknown = check(() => Promise.resolve({ outcome: 'passed', message: 'fine' } as unknown as Verdict));
  const sound = check(async () => pass('fine'));
  const all = await findings([
    { id: 'here', scenario, checks: { 'a/none': none, 'a/unknown': unknown, 'a/sound': sound } },
  ]);
  const outcomes = Object.fromEntries(all.map(({ check, outcome }) => [check, outcome]));
  t.same(outcomes, { 'a/none': 'error', 'a/unknown': 'error', 'a/sound': 'pass' });
  t.equal(all.length, 3, 'each is told of once');
});

t.test('what a check opened and cannot be closed makes an error, and the rest is closed', async (t) => {
  const closed: string[] = [];
  const finding = await one(
    check(async (probe) => {
      probe.own({ [Symbol.asyncDispose]: async () => void closed.push('first') });
      probe.own({ [Symbol.asyncDispose]: () => Promise.reject(new Error('it hangs')) });
      return pass('fine');
    }),
  );
  t.match(finding, { outcome: 'error', message: /could not be closed: .*it hangs/ });
  t.same(closed, ['first']);
});

t.test('what a check opens after its time was up is closed at once', async (t) => {
  let close = () => {};
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  const late = check(async (probe) => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    probe.own({ [Symbol.asyncDispose]: async () => close() });
    return pass('never');
  });
  t.match(await one(late, { timeoutMs: 50 }), { outcome: 'error' });
  await closed;
});

t.test('two checks may rely on what each other measured', async (t) => {
  const both = (first: string, second: string) =>
    check(async (probe) => {
      for (const fact of [first, second]) await probe.once(fact, async () => (await probe.raw()).token);
      return pass('fine');
    });
  const checks = { 'a/a': both('one', 'two'), 'a/b': both('two', 'one') };
  for (const { outcome, evidence } of await findings([{ id: 'here', scenario, checks }])) {
    t.equal(outcome, 'pass');
    const asked = evidence.filter(({ by, text }) => by === 'client' && text.startsWith('GET '));
    t.equal(asked.length, 2, 'each connection is told of once');
  }
});
