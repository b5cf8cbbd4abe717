import t from 'tap';
import { browser, go, noBrowser, seen, settled } from '../testing/browser.js';
import { sampleRun } from '../testing/sample.js';
import html from './index.js';

const page = html.render(sampleRun());
const finding = (id: string) => `#/finding/${encodeURIComponent(id)}`;
const FOCUSED = 'document.activeElement.dataset.key';

t.setTimeout(120_000);
t.test('in Chromium', { skip: noBrowser, timeout: 120_000 }, async (t) => {
  await using chromium = await browser();

  await t.test('the first screen tells the verdict, the totals and the matrix', async (t) => {
    await using opened = await chromium.open(page);
    const at = (selector: string) => opened.page.locator(selector);
    t.equal(
      await seen(at('h1')),
      '9 scenarios, 104 findings: 5 differ from what is expected. 1 could not be judged.',
    );
    t.match(
      (await seen(at('.filters'))).replaceAll('\n', ' '),
      '✗ fail 3 ! error 1 ◆ unexpected pass 1 ▲ warn 2 ◐ known 4 ✓ pass 84 i info 2 – skip 7',
    );
    const cell = (scenario: string, topic: string) => at(`[data-key="cell:${scenario}:${topic}"] .badge`);
    t.equal((await seen(cell('plain/nginx', 'masking'))).replaceAll('\n', ' '), '✗ fail 1/2');
    t.equal((await seen(cell('plain/nginx-stripping', 'opening'))).replaceAll('\n', ' '), '◐ known 2/3');
    t.equal(
      await at('[data-key="cell:plain/nginx:masking"] .sr').textContent(),
      ' at plain/nginx, masking: 1 fail, 1 pass',
    );
    t.equal(await at('.list tbody tr').count(), 6);
    for (const landmark of ['header', 'main', 'footer', '[role=search]'])
      t.equal(await at(landmark).count(), 1, landmark);
  });

  await t.test('filters narrow matrix and list, and stand in the address', async (t) => {
    await using opened = await chromium.open(page);
    const { page: tab } = opened;
    const rows = () => tab.locator('.list tbody th a').allTextContents();
    await tab.click('[data-key="state:skip"]');
    t.equal(new URL(tab.url()).hash, '#/?outcome=skip');
    t.equal((await rows()).length, 7);
    t.equal(await tab.locator('.matrix tbody tr').count(), 2);
    t.equal(await tab.evaluate(FOCUSED), 'state:skip', 'the focus stays');
    await tab.selectOption('select', 'masking');
    t.equal((await rows()).length, 3);
    await tab.click('[data-key="clear"]');
    await tab.click('[data-key="differs"]');
    t.equal((await rows()).length, 6);
    await tab.keyboard.press('/');
    await tab.keyboard.type('squid RST');
    await tab.waitForURL(/q=squid\+RST$/);
    t.same(await rows(), ['chain/squid-nginx › keepalive/server-ping']);
    t.equal(new URL(tab.url()).hash, '#/?differs=1&q=squid+RST');
    await tab.reload();
    t.same(await rows(), ['chain/squid-nginx › keepalive/server-ping'], 'the address is enough');
    await tab.fill('input[type=search]', 'no such words');
    await tab.waitForURL(/such/);
    t.match(await seen(tab.locator('main')), 'No finding matches.');
  });

  await t.test('the keyboard is enough', async (t) => {
    await using opened = await chromium.open(page);
    const { page: tab } = opened;
    const press = async (...keys: string[]) => {
      for (const key of keys) await tab.keyboard.press(key);
    };
    t.equal(await tab.locator('.matrix [tabindex="0"]').count(), 1, 'one stop for the tab key');
    await tab.focus('.matrix [tabindex="0"]');
    await press('ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    t.equal(await tab.evaluate(FOCUSED), 'cell:plain/nginx:masking');
    await press('Enter');
    await tab.locator('h1', { hasText: 'nginx that forwards Upgrade' }).waitFor();
    t.equal(new URL(tab.url()).hash, '#/scenario/plain%2Fnginx/masking');
    t.equal(await tab.locator('.list tbody tr').count(), 2);
    await tab.focus('.list [tabindex="0"]');
    const titled = (title: string) => tab.locator('h1', { hasText: title }).waitFor();
    await press('ArrowDown', 'Enter');
    await titled('An unmasked ping ends the connection');
    await press('j');
    await tab.locator('.id', { hasText: 'plain/nginx › limits/65536-octets' }).waitFor();
    await press('k');
    await titled('An unmasked ping ends the connection');
    await press('Escape');
    await titled('nginx that forwards Upgrade');
    await press('Escape');
    await titled('9 scenarios');
    t.equal(new URL(tab.url()).hash, '#/');
    t.equal(await tab.evaluate(FOCUSED), 'cell:plain/nginx:masking', 'back where it was');
    await press('/');
    await tab.keyboard.type('ping');
    await press('Escape', 'Escape');
    t.not(await tab.evaluate('document.activeElement.tagName'), 'INPUT');
    t.same(opened.trouble, []);
  });

  await t.test('a finding tells the path, the hop to blame, the figures and the set-up', async (t) => {
    await using opened = await chromium.open(page, finding('chain/squid-nginx › keepalive/server-ping'));
    const at = (selector: string) => opened.page.locator(selector);
    await settled(opened.page);
    t.same(await at('.hop strong').allTextContents(), ['ws', 'squid', 'nginx', 'echo']);
    t.match(await seen(at('.hop.blamed')), 'squid\n5.7 · process\nSquid as accelerator\n✗ broke here');
    t.match(await seen(at('.verdict')), /expected\nsurvives 6000 ms.*\nactual\ncut after 3104 ms with RST/);
    t.match(await seen(at('.measured')), /idleMs\s+3104 ms\s+aliveMs\s+3000 ms\s+idleCutBy\s+squid/);
    t.match(await seen(at('.set-up[open]').first()), /squid 5\.7 squid\.conf\n+http_port/);
    t.match(await seen(at('aside')), 'Pings of the server count as traffic.');
  });

  await t.test('the wire is told lane by lane, octets on demand', async (t) => {
    await using opened = await chromium.open(page, finding('chain/squid-nginx › keepalive/server-ping'));
    const at = (selector: string) => opened.page.locator(selector);
    await settled(opened.page);
    t.same(await at('.wire thead th').allTextContents(), [
      'ms',
      'client',
      'squid',
      'squid → nginx',
      'nginx',
      'origin',
      'what',
    ]);
    const wire = await seen(at('.wire'));
    t.match(wire, /client sent\s+GET \/echo\?gauntlet=3f9a HTTP\/1\.1/);
    t.match(wire, 'frame text 5 octets “Hello”');
    t.match(wire, '999.4 ms later');
    t.same((await at('.wire td.here').allTextContents()).join(' '), '• → → → ← ← ← → ← ← ← ← ← ← ← • → → ←');
    t.equal(await at('.wire .hex').nth(1).textContent(), '');
    await at('.bytes summary').nth(6).click();
    await at('.hex').nth(6).filter({ hasText: '000000' }).waitFor();
    t.equal(
      await at('.wire .hex').nth(6).textContent(),
      '000000  48 65 6c 6c 6f                                    Hello',
    );
  });

  await t.test('blame, expectation, skip and stand-in are told as what they are', async (t) => {
    await using opened = await chromium.open(page, finding('chain/squid-nginx › opening/early-frames'));
    const at = (selector: string) => opened.page.locator(selector);
    t.equal(await at('.hop.blamed').count(), 2);
    t.match(await seen(at('.hop.blamed').first()), 'one of these broke it');
    await go(opened.page, finding('plain/nginx › keepalive/idle-cut'));
    t.equal(await at('.hop.blamed').count(), 0, 'to measure is not to blame');
    t.match(await seen(at('.hop.did')), 'nginx');
    await go(opened.page, finding('tunnel/squid-connect › cross-protocol/denied-port'));
    t.match(await seen(at('.verdict')), 'Expected here: fail, because Squid as shipped lets CONNECT through');
    await go(opened.page, finding('toxic/black-hole › masking/unmasked-text'));
    t.match(await seen(at('.hops')), 'stand-in, not the product');
    t.match(await seen(at('.verdict')), 'not tried, because\ndocker: no engine answers');
    await go(opened.page, '#/finding/none');
    t.equal(await seen(at('h1')), 'There is no such thing in this record');
  });
});
