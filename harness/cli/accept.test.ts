import t from 'tap';
import { auditRun } from '../../reports/testing/audit.js';
import { expectationOf, expectedOf } from '../expectation.js';
import type { Finding } from '../model.js';
import { type Acceptance, expectationsOf, readAcceptances, tellAcceptances } from './accept.js';
import { Misuse } from './trouble.js';

const IDS = ['origins/foreign', 'origins/foreign-subdomain', 'origins/null', 'tls/versions', 'tls/chain'];
const URL = 'wss://staging.example/feed?room=1';

const said = async (t: Tap, text: string, name = 'accepted.json'): Promise<string> => {
  const cwd = t.testdir({ 'accepted.json': text, folder: {} });
  return readAcceptances(name, cwd, IDS).then(
    () => 'read without complaint',
    (fault: unknown) => (fault instanceof Misuse ? fault.message : String(fault)),
  );
};
type Tap = Pick<typeof t, 'testdir'>;
const one = (fields: object) => `[\n  ${JSON.stringify(fields)}\n]`;
const fine = { check: 'tls', reason: 'old clients', until: '2027-03-31' };

t.test('a list of checks, each with a reason and a last day', async (t) => {
  const cwd = t.testdir({
    'a.json': `\uFEFF[
  { "check": "tls/", "reason": " old clients, see [1], {2} ", "until": "2027-03-31" },
  {
    "check": "origins/null", "reason": "a \\"quoted\\" word",
    "until": "2026-12-01", "url": "https://staging.example/feed"
  }
]`,
  });
  t.same(await readAcceptances('a.json', cwd, IDS), [
    {
      ...{ check: 'tls/', checks: ['tls/versions', 'tls/chain'], at: 'a.json:2' },
      ...{ reason: 'old clients, see [1], {2}', until: '2027-03-31' },
    },
    {
      checks: ['origins/null'],
      ...{ check: 'origins/null', reason: 'a "quoted" word', until: '2026-12-01' },
      ...{ url: 'https://staging.example/feed', at: 'a.json:3' },
    },
  ]);
  t.same(await readAcceptances('empty.json', t.testdir({ 'empty.json': ' [ ]\n' }), IDS), []);
});

const complaints: readonly [what: string, text: string, message: string][] = [
  ['no JSON', '[\n{"check":', 'accepted.json:2:10 is not JSON: it ends in the middle; was it cut short?'],
  [
    'no list',
    '{}',
    'accepted.json:1 must be a list: [{ "check": "…", "reason": "…", "until": "2027-03-31" }]',
  ],
  ['no object', '[\n\n7]', 'accepted.json:3: must be an object with check, reason and until, and is 7'],
  ['a list in it', '[[]]', 'accepted.json:1: must be an object with check, reason and until, and is []'],
  [
    'a key misspelt',
    one({ ...fine, untill: '' }),
    'accepted.json:2: "untill" is no key of it; did you mean until?',
  ],
  ['no reason', one({ check: 'tls', until: '2027-01-01' }), 'accepted.json:2: reason is missing'],
  ['an empty reason', one({ ...fine, reason: ' ' }), 'accepted.json:2: reason must be a text, and is " "'],
  ['no text', one({ ...fine, check: ['tls'] }), 'accepted.json:2: check must be a text, and is ["tls"]'],
  [
    'a check that there is not',
    '[\n  {\n    "reason": "x",\n    "check": "origins/foriegn", "until": "2027-01-01"\n  }\n]',
    'accepted.json:4: no check is called "origins/foriegn" or begins with it; did you mean origins/foreign?',
  ],
  [
    'half a word',
    one({ ...fine, check: 'tls/ver' }),
    'accepted.json:2: no check is called "tls/ver" or begins with it; did you mean tls/versions?',
  ],
  [
    'no day',
    one({ ...fine, until: '2027-02-30' }),
    'accepted.json:2: until must be a day such as 2027-03-31, and is "2027-02-30"',
  ],
  [
    'for ever',
    one({ ...fine, until: 'never' }),
    'accepted.json:2: until must be a day such as 2027-03-31, and is "never"',
  ],
  [
    'no endpoint',
    one({ ...fine, url: 'JIRA-1' }),
    'accepted.json:2: url must be the endpoint that it is accepted at, such as wss://host/path, and is "JIRA-1"',
  ],
  [
    'twice',
    `[${JSON.stringify(fine)},\n${JSON.stringify({ ...fine, check: 'tls/' })}]`,
    'accepted.json:2: "tls/" is accepted already, at accepted.json:1',
  ],
  [
    'what a terminal would obey',
    one({ ...fine, check: '\u001b[31m' }),
    'accepted.json:2: no check is called "\\u001b[31m" or begins with it; see `wsgauntlet list checks`',
  ],
];
for (const [what, text, message] of complaints)
  t.test(what, async (t) => {
    t.equal(await said(t, text), message);
  });

t.test('a file that cannot be read', async (t) => {
  t.equal(await said(t, '', 'no.json'), '--accept: cannot read no.json: there is no such file');
  t.equal(await said(t, '', 'folder'), '--accept: cannot read folder: it is a folder');
});

const ALL = [...IDS, ...Object.keys(auditRun().checks), 'wss/alpn'];
const acceptance = (check: string, more: Partial<Acceptance> = {}): Acceptance => ({
  checks: ALL.includes(check) ? [check] : ALL.filter((id) => id.startsWith(`${check}/`)),
  ...{ check, reason: `why ${check}`, until: '2027-03-31', at: 'a.json:1' },
  ...more,
});
const DAY = '2026-11-22';
const because = (acceptances: readonly Acceptance[], check: string) =>
  expectationOf({ expect: expectationsOf(acceptances, URL, IDS, DAY) }, check).because;

t.test('what is accepted is expected to break, and nothing else is', async (t) => {
  const expect = expectationsOf([acceptance('origins/foreign')], URL, IDS, DAY);
  const expected = expectationOf({ expect }, 'origins/foreign');
  t.same(expectedOf('fail', expected), {
    ...{ outcome: 'fail', because: 'why origins/foreign', accepted: { until: '2027-03-31' } },
  });
  t.equal(expectedOf('warn', expected).outcome, 'warn');
  t.equal(expectedOf('pass', expected).outcome, 'pass');
  t.equal(
    expectationOf({ expect }, 'origins/foreign-subdomain').outcome,
    'pass',
    'another check, whose id begins with it',
  );
  const others = IDS.filter((id) => id !== 'origins/foreign');
  t.same(
    Object.values(expectationsOf([acceptance('origins/foreign')], URL, others, DAY)).map(
      ({ outcome }) => outcome,
    ),
    others.map(() => 'pass'),
    'nor where the check itself is not tried',
  );
  t.equal(because([acceptance('origins')], 'origins/null'), 'why origins');
  t.equal(because([acceptance('origins'), acceptance('origins/null')], 'origins/null'), 'why origins/null');
  t.equal(because([acceptance('origins/null'), acceptance('origins')], 'origins/null'), 'why origins/null');
});

t.test('the last day is the last on which it counts', async (t) => {
  t.equal(because([acceptance('tls', { until: DAY })], 'tls/chain'), 'why tls');
  t.equal(because([acceptance('tls', { until: '2026-11-21' })], 'tls/chain'), '');
});

t.test('at one endpoint only', async (t) => {
  const at = (url: string) => because([acceptance('tls', { url, reason: 'here' })], 'tls/chain');
  t.equal(at('https://staging.example/feed'), 'here');
  t.equal(at('wss://STAGING.example:443/feed?room=2'), 'here');
  t.equal(at('wss://staging.example/'), '');
  t.equal(at('ws://staging.example/feed'), '');
  const both = [acceptance('tls', { url: URL, reason: 'here' }), acceptance('tls')];
  t.equal(because(both, 'tls/chain'), 'here', 'it says more');
});

t.test('what is told of them in the end', async (t) => {
  const run = auditRun();
  const told = (...acceptances: Acceptance[]) =>
    tellAcceptances(acceptances, run, { audit: run.audit!.url }, DAY);
  t.same(told(acceptance('limits/ceiling')), [], 'it broke, and is accepted');
  t.same(told(acceptance('opening/version')), [
    'accepted, and no longer needed, since it holds: opening/version (a.json:1)',
  ]);
  t.same(told(acceptance('tls', { until: '2026-11-01' })), [
    'accepted until 2026-11-01, which is past: tls (a.json:1)',
  ]);
  t.same(told(acceptance('tls')), ['accepted, and not judged here: tls (a.json:1)']);
  t.same(told(acceptance('wss')), ['accepted, and not tried here: wss (a.json:1)']);
  t.same(told(acceptance('limits/ceiling'), acceptance('limits', { at: 'a.json:2' })), [
    'accepted, and not judged here: limits (a.json:2)',
  ]);
  t.same(told(acceptance('utf8'), acceptance('utf8/text', { at: 'a.json:2' })), [
    'accepted by an entry that says more, too: utf8 (a.json:1)',
    'accepted, and not judged here: utf8/text (a.json:2)',
  ]);
  t.same(told(acceptance('limits/ceiling', { url: 'wss://elsewhere.example/' })), [
    'accepted at another endpoint only: limits/ceiling (a.json:1)',
  ]);
  const mended: Finding[] = run.findings.map(({ accepted: _, ...each }) => ({ ...each, outcome: 'pass' }));
  t.match(
    tellAcceptances([acceptance('limits')], { ...run, findings: mended }, { audit: run.audit!.url }, DAY),
    [/no longer needed/],
  );
});
