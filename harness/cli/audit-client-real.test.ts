import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { severityOf } from '../../reports/common/severity.js';
import type { Run } from '../model.js';
import { needingBinaries } from '../testing/needing.js';
import { needingReal } from '../testing/real-server.js';
import { ran } from './testing/io.js';

t.setTimeout(290_000);
const client = (name: string) =>
  fileURLToPath(new URL(`../testing/real/clients/${name}.mjs`, import.meta.url));

async function audited(
  cwd: string,
  command: readonly string[],
  checks: readonly string[] = [],
): Promise<Run> {
  const only = checks.flatMap((id) => ['--checks', id]);
  const argv = ['audit-client', '--patience', '3s', ...only, '--', ...command];
  const { code, stderr } = await ran(argv, { cwd, env: process.env });
  if (code > 1) throw new Error(stderr);
  return JSON.parse(readFileSync(join(cwd, 'gauntlet-report/run.json'), 'utf8')) as Run;
}

/** What it finds, `outcome check` each. */
const found = (run: Run, severities: readonly string[]) =>
  run.findings
    .filter((one) => one.outcome === 'fail' || one.outcome === 'warn' || one.outcome === 'error')
    .filter((one) => severities.includes(severityOf(run, one) ?? 'critical'))
    .map(({ check, outcome }) => `${outcome} ${check}`);

// What Node.js' ws and undici of today really give, all of it below high: see the documentation for the reasons.
for (const [name, expected] of [
  ['ws', ['fail client/version-1-0', 'fail wss/cert-weak-key', 'warn client/answer-never']],
  ['undici', ['fail client/version-1-0', 'fail wss/cert-weak-key', 'warn client/answer-never']],
] as const) {
  t.test(`${name} of today has nothing at high`, async (t) => {
    const run = await audited(t.testdir(), [process.execPath, client(name), '{url}']);
    t.same(found(run, ['critical', 'high']), []);
    const all = found(run, ['medium', 'low']);
    for (const one of expected) t.ok(all.includes(one), one);
    t.notOk(run.findings.some(({ outcome }) => outcome === 'error'));
    t.ok(run.findings.length > 55);
    t.comment(`${name}: ${all.join(', ')}`);
  });
}

t.test(
  'undici 6.23.0 ends over a window, and takes a bomb; 6.24.0 does neither',
  needingReal(),
  async (t) => {
    const checks = ['client/deflate-window', 'client/deflate-bomb'];
    const of = (version: string) =>
      audited(t.testdir(), [process.execPath, client('undici'), '{url}', `undici-${version}`], checks);
    const old = await of('6.23.0');
    t.match(
      old.findings.find(({ check }) => check === 'client/deflate-window'),
      { outcome: 'fail', actualText: /nobody caught: RangeError/ },
    );
    t.match(
      old.findings.find(({ check }) => check === 'client/deflate-bomb'),
      { outcome: 'fail' },
    );
    t.same(found(await of('6.24.0'), ['critical', 'high', 'medium', 'low']), []);
  },
);

t.test('Chromium, by a page', await needingBinaries('chromium'), async (t) => {
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--user-data-dir={dir}',
  ];
  const names = [
    'accept-wrong',
    'masked-frame',
    'masking-keys',
    'wire-hidden',
    'origin-sent',
    'deflate-window',
  ];
  const checks = names.map((name) => `client/${name}`);
  const run = await audited(t.testdir(), ['chromium', ...flags, '{page}'], checks);
  t.same(found(run, ['critical', 'high', 'medium', 'low']), []);
  t.match(
    run.findings.find(({ check }) => check === 'client/origin-sent'),
    { measured: { origin: /^http:\/\/localhost:\d+$/ } },
  );
});
