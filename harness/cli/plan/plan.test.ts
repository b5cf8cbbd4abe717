import t from 'tap';
import { merge } from '../settings/merge.js';
import { scenarioText } from '../testing/io.js';
import { plan } from './plan.js';

const settings = (flags: Parameters<typeof merge>[0]) => merge(flags, {});

t.test('--via alone makes a place of its own, with all checks of the path', async (t) => {
  const { tasks } = await plan(
    [],
    settings({ via: ['squid:connect=any', 'nginx:websocket,tls'] }),
    t.testdirName,
  );
  t.match(tasks, [{ id: 'via', scenario: { via: [{ name: 'squid' }, { name: 'nginx', tls: true }] } }]);
  t.equal(tasks.length, 1);
  const tried = Object.entries(tasks[0]!.checks);
  t.ok(tried.some(([id]) => id === 'opening/upgrade'));
  t.ok(tried.every(([, { judges }]) => judges === undefined || judges === 'either'));
  const asked = await plan(
    [],
    settings({ via: ['nginx:websocket'], checks: ['handshake/two-hosts'] }),
    t.testdirName,
  );
  t.same(Object.keys(asked.tasks[0]!.checks), ['handshake/two-hosts']);
});

t.test('--via beside a selector goes before the origin', async (t) => {
  const { tasks } = await plan(
    ['direct/ws'],
    settings({ via: ['nginx:websocket'], checks: ['masking/text'] }),
    t.testdirName,
  );
  t.match(tasks, [{ id: 'direct/ws', scenario: { via: [{ name: 'nginx' }] } }]);
  t.same(Object.keys(tasks[0]!.checks), ['masking/text']);
});

t.test('a selector takes what begins with it, and nothing twice', async (t) => {
  const { tasks } = await plan(
    ['direct', 'direct/ws'],
    settings({ checks: ['masking/text'] }),
    t.testdirName,
  );
  t.same(tasks.map(({ id }) => id).sort(), ['direct/ws', 'direct/wss']);
});

t.test('what may harm is not tried at a server that is not ours unless it is named in full', async (t) => {
  const text = scenarioText({ soft: `return pass('x');`, hard: `return pass('x');` });
  const cwd = t.testdir({
    'mine.ts': text.replace(`title: 'the check hard'`, `title: 'hard', reach: 'crash'`),
  });
  const ours = await plan(['mine.ts'], settings({}), cwd);
  t.same(Object.keys(ours.tasks[0]!.checks), ['own/soft', 'own/hard']);
  t.same(ours.notes, []);
  const theirs = await plan(['mine.ts'], settings({ origin: 'ws://x' }), cwd);
  t.same(Object.keys(theirs.tasks[0]!.checks), ['own/soft']);
  t.match(theirs.notes, [/^left out, since they may harm a server that is not ours: own\/hard;/]);
  const asked = await plan(['mine.ts'], settings({ origin: 'ws://x', checks: ['own/hard'] }), cwd);
  t.same(Object.keys(asked.tasks[0]!.checks), ['own/hard']);
  await t.rejects(
    plan(['mine.ts'], settings({ origin: 'ws://x', checks: ['own/har'] }), cwd),
    /no check is called "own\/har"/,
  );
});

t.test('what a user’s scenario names has to be there', async (t) => {
  const cwd = t.testdir({
    'typo.ts': scenarioText({}, '').replace('checks: []', `checks: ['maskign']`),
    'expect.ts': scenarioText(
      { one: `return pass('x');` },
      `expect: { 'own/on': { outcome: 'fail', because: 'x' } }`,
    ),
    a: { 'same.ts': scenarioText({ one: `return pass('x');` }) },
    b: { 'same.scenario.ts': scenarioText({ one: `return pass('x');` }) },
    'notes.txt': 'no scenario',
  });
  const refused = (args: readonly string[]) => plan(args, settings({}), cwd).then(() => '', String);
  t.equal(
    await refused(['typo.ts']),
    'Misuse: typo.ts: no check is called "maskign" or begins with it; did you mean masking?',
  );
  t.match(
    await refused(['expect.ts']),
    'Misuse: expect.ts: in `expect`, none of its checks is called "own/on"',
  );
  t.match(
    await refused(['a/same.ts', 'b/same.scenario.ts']),
    'two of the scenarios are called "same": rename the file b/same.scenario.ts',
  );
  t.match(await refused(['notes.txt']), 'notes.txt is not a scenario: give a .ts, .mts, .js or .mjs file');
  t.match(await refused(['no/such']), 'no scenario is called "no/such"');
});

t.test('--via with a config file of the user’s', async (t) => {
  const server = (port: number) => `server { listen ${port}; location / { proxy_pass http://app:8080; } }`;
  const cwd = t.testdir({
    'nginx.conf': `events {}\nhttp { ${server(80)} }\n`,
    'two.nginx.conf': `events {}\nhttp { ${server(80)} ${server(81)} }\n`,
    'odd.conf': 'nothing of note\n',
  });
  const { tasks } = await plan([], settings({ via: ['./nginx.conf'] }), cwd);
  t.match(tasks, [{ id: 'via', scenario: { via: [{ name: 'nginx', role: 'reverse' }] } }]);
  const refused = (flags: Parameters<typeof merge>[0]) =>
    plan([], settings(flags), cwd).then(() => '', String);
  t.match(await refused({ via: ['two.nginx.conf'], listen: '99' }), /^Misuse: .*two\.nginx\.conf.*--listen/);
  t.equal(await refused({ via: ['two.nginx.conf'], listen: '81' }), '');
  t.match(await refused({ via: ['odd.conf'] }), /^Misuse: .*odd\.conf/);
  t.match(
    await refused({ via: ['nginx'], listen: '80' }),
    'Misuse: --listen goes with one config file behind --via, and there is none',
  );
});
