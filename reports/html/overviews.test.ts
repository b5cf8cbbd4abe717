import t from 'tap';
import type { Finding, Run } from '../../harness/model.js';
import { compareRuns } from '../../harness/run-file.js';
import { browser, go, noBrowser, seen, settled } from '../testing/browser.js';
import { sampleRun } from '../testing/sample.js';
import html from './index.js';

const run = sampleRun();
const PING = 'plain/nginx › masking/unmasked-ping';

/** The sample as it might have been: one thing better, one worse, one quicker, one that is not there any more. */
function earlier(): Run {
  const was: Readonly<Record<string, Partial<Finding>>> = {
    [PING]: { outcome: 'pass' },
    'plain/direct › opening/upgrade': { outcome: 'fail' },
    'toxic/black-hole › fallback/carried-by': { measured: { switchMs: 900 } },
    'tls/nginx-terminating › wss/issuer': { outcome: 'skip' },
  };
  const findings = run.findings.map((each) => ({ ...each, ...was[each.id] }));
  const lost = { ...run.findings[0]!, id: 'old/place › opening/upgrade', scenario: 'old/place' };
  return { ...run, startedAt: '2025-03-03T05:06:07.000Z', findings: [...findings, lost] };
}

t.setTimeout(120_000);
t.test('in Chromium', { skip: noBrowser, timeout: 120_000 }, async (t) => {
  await using chromium = await browser();

  await t.test('the matrix has its totals', async (t) => {
    await using opened = await chromium.open(html.render(run));
    const cell = (key: string) => seen(opened.page.locator(`[data-key="cell:${key}"] .badge`));
    const tidy = async (key: string) => (await cell(key)).replaceAll('\n', ' ');
    t.equal(await tidy('plain/nginx:all'), '✗ fail 1/12');
    t.equal(await tidy('all:masking'), '✗ fail 1/18');
    t.equal(await tidy('all:all'), '✗ fail 3/104');
    await opened.page.click('[data-key="cell:all:masking"]');
    t.equal(new URL(opened.page.url()).hash, '#/?topic=masking&all=1');
    t.equal(await opened.page.locator('.list tbody tr').count(), 18);
    t.equal(await opened.page.locator('.matrix thead th').count(), 3, 'only topics that there are');
  });

  await t.test('without an earlier run nothing is said of changes', async (t) => {
    await using opened = await chromium.open(html.render(run));
    t.equal(await opened.page.locator('.since').count(), 0);
    t.equal(await opened.page.locator('.change').count(), 0);
  });

  await t.test('what changed since an earlier run, and only that', async (t) => {
    const comparison = compareRuns(earlier(), run);
    await using opened = await chromium.open(html.render({ ...run, comparison }));
    const { page: tab } = opened;
    t.match(
      (await seen(tab.locator('.since'))).replaceAll('\n', ' '),
      /Since the run of 2025-03-03 05:06:07 UTC: ▼ new 1 ◷ slower 1 = still 9 ▲ fixed 1 → skipped-before 1 ∅ gone 1 only regressions/,
    );
    const rows = () => tab.locator('.list tbody th a').allTextContents();
    await tab.click('[data-key="regressions"]');
    t.equal(new URL(tab.url()).hash, '#/?since=new%2Cslower');
    t.same(await rows(), [PING, 'toxic/black-hole › fallback/carried-by']);
    t.same(await tab.locator('.change.tag').allTextContents(), ['new', 'slower']);
    await tab.click('.list tbody tr:nth-child(2) th a');
    t.match(
      await seen(tab.locator('aside')),
      'In the run before: slower; it was info; switchMs was 900, and is 4210.',
    );
    await tab.goBack();
    t.equal(await tab.locator('.matrix tbody tr').count(), 2);
    await tab.click('[data-key="regressions"]');
    await tab.click('[data-key="since:skipped-before"]');
    t.same(await rows(), ['tls/nginx-terminating › wss/issuer']);
    await tab.goBack();
    await tab.click('[data-key="since:gone"]');
    t.match(
      await seen(tab.locator('main')),
      /Gone, and not in this run: 1 finding\s+old\/place › opening\/upgrade/,
    );
    await tab.goBack();
    t.equal(new URL(tab.url()).hash, '#/', 'and back');
    t.same(opened.trouble, []);
  });

  await t.test('rows by hop hold what each is to blame for', async (t) => {
    await using opened = await chromium.open(html.render(run), '#/by-hop');
    const { page: tab } = opened;
    const heads = await tab.locator('.matrix tbody th a').allTextContents();
    t.same(heads, ['nginx', 'squid', 'mockttp', 'toxiproxy', 'strict-proxy', 'client', 'origin']);
    const cell = async (key: string) =>
      (await seen(tab.locator(`[data-key="cell:${key}"] .badge`))).replaceAll('\n', ' ');
    t.equal(await cell('client:wss'), '✗ fail 1/1', 'the client’s doing is not nginx’s');
    t.equal(await cell('nginx:wss'), '✓ pass 1/1');
    t.equal(await cell('origin:masking'), '✗ fail 1/1');
    t.equal(await cell('squid:opening'), '✗ fail 1/6', 'one of two counts for both');
    t.equal(await cell('nginx:opening'), '✗ fail 1/12');
    await tab.click('[data-key="cell:squid:opening"]');
    t.equal(new URL(tab.url()).hash, '#/by-hop/squid/opening');
    t.match(await seen(tab.locator('main')), /Its doing, or perhaps its doing: 1\s/);
    await tab.keyboard.press('Escape');
    t.equal(await seen(tab.locator('h1')), 'squid');
    await tab.keyboard.press('Escape');
    t.equal(new URL(tab.url()).hash, '#/by-hop');
    await tab.keyboard.press('/');
    await tab.keyboard.type('expired');
    await tab.waitForURL(/by-hop\?q=expired$/);
    t.equal(await tab.locator('.matrix tbody tr').count(), 2);
    t.same(opened.trouble, []);
  });

  await t.test('how silence is borne, place by place', async (t) => {
    await using opened = await chromium.open(html.render(run), '#/idle');
    const { page: tab } = opened;
    t.equal(await seen(tab.locator('h1')), 'Silence is cut at 2 of 2 places, the soonest after 2003 ms');
    t.same(await tab.locator('.cut').allTextContents(), [
      'cut after 2003 ms of silence by nginx: the client sees FIN, the origin sees FIN',
      'cut after 3104 ms of silence by squid: the client sees FIN, the origin sees RST',
    ]);
    const table = (n: number) => seen(tab.locator('.modes').nth(n));
    t.match(
      await table(0),
      /silence\s+cut after 2003 ms at 1 of 1 place: the client sees FIN, the origin sees FIN/,
    );
    t.match(await table(1), /server ping\s+✗ does not help: kept at 0 of 1 place/, 'by intermediary');
    t.match(await table(3), /server ping\s+✗ does not help cut after 3104 ms with RST/, 'and by place');
    t.equal(await tab.locator('.modes .step').count(), 6, 'a curve each');
    await tab.click('h2 a');
    t.equal(new URL(tab.url()).hash, '#/by-hop/nginx');
    await go(tab, '#/scenario/plain%2Fnginx');
    t.equal(await tab.locator('.survival .step').count(), 1, 'at its place too');
    await go(tab, '#/scenario/plain%2Fdirect');
    t.equal(await tab.locator('.survival').count(), 0, 'and not where it was not measured');
    t.same(opened.trouble, []);
  });

  await t.test('latency, where there is any', async (t) => {
    await using opened = await chromium.open(html.render(run), '#/latency');
    const { page: tab } = opened;
    const titles = (await tab.locator('main h2').allTextContents()).map((each) => each.split(':')[0]);
    t.same(titles, [
      'Handshake',
      'Ping of the client until the pong',
      'Switch to a fallback',
      'Delay of a streamed event',
      'Until a dead peer is noticed',
    ]);
    t.match(await seen(tab.locator('main section').first()), /\d+ values: median 2\.4 ms/);
    const none = { ...run, findings: run.findings.map((each) => ({ ...each, measured: {}, evidence: [] })) };
    await using empty = await chromium.open(html.render(none), '#/latency');
    t.equal(await seen(empty.page.locator('h1')), 'No latency was measured');
  });

  await t.test('the audit has all that somebody ought to read', async (t) => {
    await using opened = await chromium.open(html.render(run), '#/audit');
    const { page: tab } = opened;
    await settled(tab);
    t.equal(await tab.locator('.audited').count(), 6);
    t.match(await seen(tab.locator('.audited').first()), /An expired certificate is refused critical/);
    t.match(await seen(tab.locator('.audited').first()), /remedy\s+Remove rejectUnauthorized: false\./);
    t.match(
      await seen(tab.locator('main')),
      /Worth a look: 1 finding\s.*nginx added X-Forwarded-For and rewrote Host\s+plain\/nginx › opening\/headers/s,
    );
    t.match(await seen(tab.locator('main')), /Known to break: 4 findings/);
    t.match(
      await seen(tab.locator('main')),
      /no WebSocket was had here: nginx answered 404 to the handshake\s+6, at 1 place/,
    );
    t.same(opened.trouble, []);
  });
});
