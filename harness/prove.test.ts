import t from 'tap';
import { nginx } from '../proxies/nginx/index.js';
import { passing, stripping } from '../proxies/plain/index.js';
import { squid } from '../proxies/squid/index.js';
import idle from '../scenarios/keepalive/idle-survives.check.js';
import upgrade from '../scenarios/opening/upgrade.check.js';
import { createAuthority } from './certificates.js';
import { Refusal } from './lab.js';
import type { Check, Finding, Intermediary, Offer, Program, Runtime, Scenario } from './model.js';
import { echo } from './origins/echo.js';
import { type Case, prove, trialsOf } from './prove.js';
import { helpFor } from './remedies.js';
import { type RunnerOptions, run, type Task } from './runner.js';
import inProcess from './runtimes/in-process.js';
import processes from './runtimes/process.js';
import { needingBinaries } from './testing/needing.js';
import { fail, pass, skip } from './verdict.js';

const runtimes = [inProcess(), processes()];

async function carrying(program: Program): Promise<readonly Runtime[]> {
  const refusals = await Promise.all(runtimes.map((runtime) => runtime.refuses(program)));
  const willing = runtimes.filter((_, i) => refusals[i] === undefined);
  if (willing.length === 0) throw new Refusal(`nothing here carries ${program.name}`);
  return willing;
}

const authority = createAuthority();

const optionsOf = async (more: Partial<RunnerOptions> = {}): Promise<RunnerOptions> => ({
  authority: await authority,
  choose: carrying,
  signal: new AbortController().signal,
  jobs: 2,
  timeoutMs: 30_000,
  retries: 0,
  patience: { answerMs: 2000, idleMs: 2500, limitMs: 2500 },
  ...more,
});

type Proofs = Map<string, NonNullable<Finding['proved']>>;

/** Runs it, then tries what helps: the findings and the proofs, by check. */
async function tried(
  via: readonly Intermediary[],
  checks: Readonly<Record<string, Check>>,
  more: Partial<RunnerOptions> = {},
): Promise<{ findings: Map<string, Finding>; proofs: Proofs; troubles: string[] }> {
  const scenario: Scenario = { title: 'here', origin: echo(), via, checks: [] };
  const tasks: Task[] = [{ id: 'here', scenario, checks }];
  const options = await optionsOf(more);
  const findings: Finding[] = [];
  for await (const event of run(tasks, options)) if (event.type === 'finding') findings.push(event.finding);
  const cases: Case[] = [];
  for (const finding of findings) {
    const help = await helpFor(finding, scenario);
    if (help) cases.push({ finding: { ...finding, remedy: help.remedy }, help });
  }
  const proofs: Proofs = new Map();
  const troubles: string[] = [];
  for await (const event of prove(trialsOf(tasks, cases, findings), options)) {
    if (event.type === 'proved') proofs.set(event.id.replace('here › ', ''), event.proved);
    else troubles.push(event.message);
  }
  const remedied = new Map(cases.map(({ finding }) => [finding.check, finding]));
  return {
    findings: new Map(findings.map((finding) => [finding.check, remedied.get(finding.check) ?? finding])),
    proofs,
    troubles,
  };
}

const meta = { title: 't', requirement: 'r', severity: 'low', refs: ['RFC 6455'] } as const;
const broken: Check = { ...meta, run: async () => fail('this', 'that', { blame: 'plain-proxy' }) };
const offering = (offer: Partial<Offer>): Intermediary => ({
  ...stripping(),
  remedies: () => [{ title: 'try this', language: 'none', parts: [{ lines: ['this on;'] }], ...offer }],
});

t.test(
  'nginx that strips Upgrade: the lines that forward it hold',
  await needingBinaries('nginx'),
  async (t) => {
    const { findings, proofs } = await tried([nginx()], { 'opening/upgrade': upgrade });
    t.match(findings.get('opening/upgrade'), {
      outcome: 'fail',
      blame: 'nginx',
      remedy: { hop: 'nginx', language: 'nginx' },
    });
    t.match(findings.get('opening/upgrade')!.remedy!.parts[1]!.lines, ['proxy_http_version 1.1;']);
    const { held, text } = proofs.get('opening/upgrade')!;
    t.equal(held, true);
    t.match(
      text,
      /^with `proxy_http_version 1\.1; …` applied, opening\/upgrade passes: 101, and an echo came back \(nginx \d+\.\d+\.\d+, process\)$/,
    );
  },
);

t.test(
  'nginx that cuts after a second: the longer timer holds',
  await needingBinaries('nginx'),
  async (t) => {
    const hop = nginx({ websocket: true, readTimeout: '1s' });
    const { findings, proofs } = await tried([hop], { 'keepalive/idle-survives': idle });
    t.match(findings.get('keepalive/idle-survives'), {
      outcome: 'fail',
      remedy: { parts: [{ lines: ['proxy_read_timeout 1h;'] }] },
    });
    t.match(proofs.get('keepalive/idle-survives'), {
      held: true,
      text: /^with `proxy_read_timeout 1h;` applied, keepalive\/idle-survives passes: an echo came back after 2500 ms/,
    });
  },
);

t.test(
  'a chain: the hop to blame is changed, and no other',
  await needingBinaries('nginx', 'squid'),
  async (t) => {
    const careless = squid({ mode: 'accelerator' });
    const { findings, proofs } = await tried([nginx({ websocket: true }), careless], {
      'opening/upgrade': upgrade,
    });
    t.match(findings.get('opening/upgrade'), {
      outcome: 'fail',
      blame: 'squid',
      remedy: {
        hop: 'squid',
        language: 'squid',
        parts: [{ where: 'squid.conf', lines: ['http_upgrade_request_protocols websocket allow all'] }],
      },
    });
    t.match(proofs.get('opening/upgrade'), { held: true, text: /\(squid \d+\.\d+, process\)$/ });
  },
);

t.test('a remedy that does not help is said not to hold', async (t) => {
  const checks = { 'opening/upgrade': upgrade };
  const { proofs } = await tried([offering({ applied: stripping() })], checks);
  t.match(proofs.get('opening/upgrade'), {
    held: false,
    text: /^with `this on;` applied, opening\/upgrade still fails: refused with 426.* \(plain-proxy, in-process\)$/,
  });
});

t.test('nor does one that makes a check pass and shuts WebSocket off', async (t) => {
  let times = 0;
  const once: Check = {
    ...meta,
    run: async () => (times++ === 0 ? fail('this', 'that', { blame: 'plain-proxy' }) : pass('it is gone')),
  };
  const hop: Intermediary = { ...passing(), remedies: offering({ applied: stripping() }).remedies! };
  const { findings, proofs } = await tried([hop], {
    'own/once': once,
    'opening/upgrade': upgrade,
  });
  t.equal(findings.get('opening/upgrade')!.outcome, 'pass');
  t.match(proofs.get('own/once'), {
    held: false,
    text: /own\/once passes: it is gone; but opening\/upgrade does not pass any more: refused with 426/,
  });
  t.notOk(proofs.has('opening/upgrade'), 'it had nothing to be put right');
});

t.test('what was not tried was not proved', async (t) => {
  let times = 0;
  const shy: Check = {
    ...meta,
    run: async () =>
      times++ === 0 ? fail('this', 'that', { blame: 'plain-proxy' }) : skip('there is no way'),
  };
  const { proofs } = await tried([offering({ applied: stripping() })], { 'own/shy': shy });
  t.same(proofs.get('own/shy'), { text: 'could not be tried: there is no way' });
  const gone: Intermediary = { name: 'plain-proxy', role: 'reverse', argv: () => ['nosuchproxy'] };
  const missing = await tried([offering({ applied: gone })], { 'own/broken': broken });
  t.same(missing.proofs.get('own/broken'), { text: 'could not be tried: nothing here carries plain-proxy' });
  const failing: Intermediary = {
    ...stripping(),
    embed: async () => {
      throw new Error('this on; is no directive');
    },
  };
  const refused = await tried([offering({ applied: failing })], { 'own/broken': broken });
  t.match(refused.proofs.get('own/broken'), { text: /^could not be tried: .*this on; is no directive/ });
});

t.test(
  'one place for all checks that a remedy is for; the run’s own captures and kept places are let be',
  async (t) => {
    let opened = 0;
    const counted: Intermediary = {
      ...stripping(),
      embed: (site) => {
        opened++;
        return stripping().embed!(site);
      },
    };
    const { proofs } = await tried(
      [offering({ applied: counted })],
      { 'own/one': broken, 'own/two': broken, 'own/three': broken },
      {
        keep: (_, lab) => {
          t.equal(opened, 0);
          void lab[Symbol.asyncDispose]();
        },
      },
    );
    t.equal(proofs.size, 3);
    t.equal(opened, 1);
  },
);

t.test('no remedy: for what holds, without one to blame, without an offer', async (t) => {
  const finding = (outcome: Finding['outcome'], blame?: string): Finding => ({
    id: 'here › a/b',
    check: 'a/b',
    scenario: 'here',
    outcome,
    expected: 'pass',
    differs: false,
    message: '',
    evidence: [],
    startedAt: '',
    ms: 0,
    ...(blame !== undefined && { blame }),
  });
  const via = [offering({}), { ...stripping(), name: 'other' }];
  const helps = (found: Finding) => helpFor(found, { via });
  t.match(await helps(finding('fail', 'plain-proxy')), { remedy: { hop: 'plain-proxy', title: 'try this' } });
  t.match(await helps(finding('warn', 'plain-proxy')), { remedy: { hop: 'plain-proxy' } });
  t.equal((await helps(finding('fail', 'plain-proxy')))!.via, undefined, 'lines alone');
  for (const found of [
    finding('pass', 'plain-proxy'),
    finding('skip', 'plain-proxy'),
    finding('fail'),
    finding('fail', 'plain-proxy or other'),
    finding('fail', 'origin'),
    finding('fail', 'other'),
  ])
    t.equal(await helps(found), undefined, `${found.outcome} ${found.blame}`);
  const secret = offering({
    parts: [{ lines: ['proxy_set_header Authorization "Bearer abcdefghijklmnop";'] }],
  });
  const help = await helpFor(finding('fail', 'plain-proxy'), { via: [secret] });
  t.notMatch(JSON.stringify(help!.remedy), 'abcdefghijklmnop');
  const faulty: Intermediary = {
    ...stripping(),
    remedies() {
      throw new Error('oh dear');
    },
  };
  await t.rejects(helpFor(finding('fail', 'plain-proxy'), { via: [faulty] }), {
    message: 'the remedies of plain-proxy failed for a/b: oh dear',
  });
  const vague = offering({ parts: 'this on;' as unknown as Offer['parts'] });
  await t.rejects(helpFor(finding('fail', 'plain-proxy'), { via: [vague] }), {
    message:
      'the remedies of plain-proxy failed for a/b: each has to have a title, a language, and parts with lines',
  });
});

t.test('called off in the middle: what was seen stays', async (t) => {
  const stop = new AbortController();
  const scenario: Scenario = { title: 'here', origin: echo(), via: [stripping()], checks: [] };
  const slow: Check = { ...meta, run: (probe) => probe.wait(60_000).then(() => pass('late')) };
  const quick: Check = { ...meta, run: async () => pass('fine') };
  const tasks: Task[] = [{ id: 'here', scenario, checks: { 'own/quick': quick, 'own/slow': slow } }];
  const remedy = { hop: 'plain-proxy', title: 'try', language: 'none', parts: [{ lines: ['on'] }] };
  const cases = ['own/quick', 'own/slow'].map(
    (check): Case => ({
      finding: { id: `here › ${check}`, check, scenario: 'here' } as Finding,
      help: { remedy, via: [stripping()] },
    }),
  );
  const seen: string[] = [];
  for await (const event of prove(trialsOf(tasks, cases, []), await optionsOf({ signal: stop.signal }))) {
    if (event.type === 'proved') seen.push(event.id);
    stop.abort();
  }
  t.same(seen, ['here › own/quick']);
});
