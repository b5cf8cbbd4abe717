import t from 'tap';
import { browser, go, noBrowser, seen } from '../testing/browser.js';
import { sampleRun } from '../testing/sample.js';
import html from './index.js';

const run = sampleRun();
const page = html.render(run);

t.setTimeout(120_000);
t.test('in Chromium', { skip: noBrowser, timeout: 120_000 }, async (t) => {
  await using chromium = await browser();

  await t.test('words of the search may name a field, lack something, or be a quotation', async (t) => {
    await using opened = await chromium.open(page);
    const found = async (words: string) => {
      await go(opened.page, `#/?q=${encodeURIComponent(words)}`);
      return opened.page.locator('.list tbody th a').allTextContents();
    };
    t.same(await found('blame:client'), ['tls/nginx-terminating › wss/expired-certificate']);
    t.same(await found('severity:high blame:origin'), ['plain/nginx › masking/unmasked-ping']);
    t.same(await found('outcome:fail -squid -wss'), ['plain/nginx › masking/unmasked-ping']);
    t.same(await found('"nothing came back"'), ['chain/squid-nginx › opening/early-frames']);
    t.same(await found('"came nothing"'), []);
    t.equal((await found('hop:toxiproxy')).length, 12);
    t.equal((await found('-hop:nginx -hop:squid outcome:error')).length, 1);
    t.same(await found('constructor:x'), [], 'a name that is no field is text');
    t.equal(await opened.page.inputValue('input[type=search]'), 'constructor:x');
  });

  await t.test('who is to blame stands above all, and leads to what it did', async (t) => {
    await using opened = await chromium.open(page);
    const { page: tab } = opened;
    t.equal(await seen(tab.locator('.whose')), 'To blame: squid 2, origin 1, nginx 1, client 1, mockttp 1');
    await tab.click('[data-key="blame:client"]');
    t.equal(new URL(tab.url()).hash, '#/by-hop/client');
    const good = { ...run, findings: run.findings.filter(({ outcome }) => outcome === 'pass') };
    const fine = { ...good, findings: good.findings.filter(({ differs }) => !differs) };
    await using other = await chromium.open(html.render(fine));
    t.equal(await other.page.locator('.whose').count(), 0);
  });

  await t.test('the worst come first', async (t) => {
    await using opened = await chromium.open(page);
    t.same(await opened.page.locator('.list .path-line').allTextContents(), [
      'An expired certificate is refused · critical',
      'An unmasked ping ends the connection · high',
      'Frames sent with the request are not lost · medium',
      '65536 octets arrive whole · medium',
      'CONNECT to a denied port is refused · medium',
      'A server ping keeps the path open · medium',
    ]);
  });

  await t.test('what came right only when tried again is flaky', async (t) => {
    await using opened = await chromium.open(page);
    const { page: tab } = opened;
    await tab.click('[data-key="flaky"]');
    t.equal(new URL(tab.url()).hash, '#/?flaky=1');
    t.same(await tab.locator('.list tbody th a').allTextContents(), [
      'toxic/black-hole › keepalive/dead-peer',
    ]);
    t.same(await tab.locator('.change.tag').allTextContents(), ['flaky']);
    await tab.click('.list tbody th a');
    t.match(await seen(tab.locator('aside')), 'Flaky: it came out otherwise once');
    const again = run.findings.map((each) => (each.differs ? { ...each, tries: 2 } : { ...each, tries: 1 }));
    await using other = await chromium.open(html.render({ ...run, findings: again }));
    t.equal(await other.page.locator('[data-key="flaky"]').count(), 0, 'what fails each time is not');
  });

  await t.test('scenarios by hop, each cell with its own address', async (t) => {
    await using opened = await chromium.open(page, '#/where');
    const { page: tab } = opened;
    const cell = async (key: string) =>
      (await seen(tab.locator(`[data-key="cell:${key}"] .badge`))).replaceAll('\n', ' ');
    t.equal(await cell('chain/squid-nginx:squid'), '✗ fail 1/11');
    t.equal(await cell('plain/nginx:origin'), '✗ fail 1/1');
    t.equal(await cell('all:all'), '✗ fail 3/104');
    await tab.click('[data-key="cell:chain/squid-nginx:squid"]');
    t.equal(new URL(tab.url()).hash, '#/by-hop/squid//chain%2Fsquid-nginx');
    t.equal(await seen(tab.locator('h1')), 'squid at chain/squid-nginx');
    t.equal(await tab.locator('.list tbody tr').count(), 11);
    await tab.goBack();
    await tab.fill('input[type=search]', 'expired');
    await tab.waitForURL(/#\/where\?q=expired$/);
    t.same(await tab.locator('.matrix thead th').allTextContents(), ['scenario', 'mockttp', 'client', 'all']);
    t.same(opened.trouble, []);
  });

  await t.test('an address that a messenger has unescaped still leads there', async (t) => {
    await using opened = await chromium.open(page);
    for (const [hash, title] of [
      ['#/finding/plain/nginx › masking/unmasked-ping', /An unmasked ping ends/],
      ['#/scenario/plain/nginx', /^nginx that forwards Upgrade$/],
      ['#/scenario/plain/nginx/masking', /^nginx that forwards Upgrade$/],
      ['#/check/masking/unmasked-ping', /An unmasked ping ends/],
      ['#/finding/plain/nginx', /no such thing/],
    ] as const) {
      await go(opened.page, hash);
      t.match(await seen(opened.page.locator('h1')), title, hash);
    }
    await go(opened.page, '#/scenario/plain/nginx/masking');
    t.equal(await opened.page.locator('.list tbody tr').count(), 2);
  });
});
