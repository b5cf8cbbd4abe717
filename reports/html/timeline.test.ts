import t from 'tap';
import { browser, noBrowser, seen, settled } from '../testing/browser.js';
import { sampleRun } from '../testing/sample.js';
import html from './index.js';

const page = html.render(sampleRun());
const address = (id: string) => `#/finding/${encodeURIComponent(id)}`;
const PINGS = address('chain/squid-nginx › keepalive/server-ping');
const UNMASKED = address('plain/nginx › masking/unmasked-ping');
const FOCUSED = "document.activeElement.getAttribute('aria-label')";

t.setTimeout(120_000);
t.test('in Chromium', { skip: noBrowser, timeout: 120_000 }, async (t) => {
  await using chromium = await browser();

  await t.test('a lane for each of the path, to scale, with silences broken off', async (t) => {
    await using opened = await chromium.open(page, PINGS);
    const at = (selector: string) => opened.page.locator(selector);
    await at('.mark.rst').first().waitFor();
    t.same(await at('.lane-name').allTextContents(), ['client', 'squid', 'squid → nginx', 'nginx', 'origin']);
    t.equal(await at('.mark[data-number]').count(), 19);
    t.equal(await at('.mark.ping[data-number]').count(), 6);
    t.equal(await at('.link').count(), 8);
    t.equal(await at('.stub').count(), 4, 'what goes no further points on');
    t.match((await at('.silence').allTextContents()).join(), '⋯ 999.4 ms ⋯,⋯ 999.4 ms ⋯');
    t.match(await seen(at('.key')), /request\n*answer\n*text frame\n*ping frame\n*FIN\n*RST/);
    t.same(opened.trouble, []);
  });

  await t.test('the keyboard walks in a lane and from lane to lane, and opens', async (t) => {
    await using opened = await chromium.open(page, PINGS);
    const { page: tab } = opened;
    await tab.locator('.mark.rst').first().waitFor();
    const press = async (...keys: string[]) => {
      for (const key of keys) await tab.keyboard.press(key);
    };
    t.equal(await tab.locator('.mark[tabindex="0"]').count(), 1, 'one stop for the tab key');
    await tab.focus('.mark[tabindex="0"]');
    t.equal(await tab.evaluate(FOCUSED), '0 ms: client note TCP connected to 127.0.0.1:43121');
    await press('ArrowRight');
    t.equal(await tab.evaluate(FOCUSED), '0.2 ms: client sent GET /echo?gauntlet=3f9a HTTP/1.1');
    t.equal(await tab.locator('.readout').textContent(), await tab.evaluate(FOCUSED), 'and it is shown');
    await press('ArrowDown');
    t.equal(await tab.evaluate(FOCUSED), '3.1 s: squid log [info] upstream timed out');
    await press('ArrowDown', 'Home');
    t.equal(await tab.evaluate(FOCUSED), '0.8 ms: squid → nginx sent GET /echo?gauntlet=3f9a HTTP/1.1');
    await press('ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown', 'End');
    t.equal(await tab.evaluate(FOCUSED), '3.1 s: squid → nginx sent RST');
    await press('ArrowLeft', 'Enter');
    await tab.locator('.inspect').waitFor();
    t.match(new URL(tab.url()).hash, /\?of=3f9a&at=\d+$/);
    t.match(await tab.evaluate(FOCUSED), /received ping, 2 octets, unmasked$/, 'the focus stays');
    await press('Escape');
    await tab.locator('.inspect').waitFor({ state: 'detached' });
    t.equal(new URL(tab.url()).hash, `${PINGS}?of=3f9a`, 'Escape shuts it first');
    await tab.goBack();
    await tab.locator('.inspect').waitFor();
    t.same(opened.trouble, []);
  });

  await t.test('a frame opens to its bits, its payload, and the rule that it breaks', async (t) => {
    await using opened = await chromium.open(page, UNMASKED);
    const at = (selector: string) => opened.page.locator(selector);
    await at('.mark.broken').first().waitFor();
    t.equal(await at('.mark.broken').count(), 2);
    await at('.mark.broken').first().click();
    const panel = at('.inspect');
    t.match(await seen(panel), /client sent ping, 1 octet, unmasked\s+at 6 ms/);
    t.match(await seen(panel), '✗ breaks RFC 6455 §5.1: a client has to mask it');
    t.same(await panel.locator('.bits tbody tr').first().locator('td').allTextContents(), [
      '1',
      '000',
      '1001',
      '0',
      '1',
      '–',
    ]);
    t.match(await panel.locator('.hex').textContent(), /^000000 {2}70 /);
    t.equal(
      await panel.locator('.faults a').getAttribute('href'),
      'https://www.rfc-editor.org/rfc/rfc6455#section-5.1',
    );
    await at('.wire .at a').nth(1).click();
    t.match(await seen(panel), /Sec-WebSocket-Key: dGhl/, 'the table leads there too');
    t.same(opened.trouble, []);
  });

  await t.test('connections are chosen by address, the least common first', async (t) => {
    await using opened = await chromium.open(page, UNMASKED);
    const { page: tab } = opened;
    await settled(tab);
    const chips = tab.locator('.connection');
    t.same(await chips.allTextContents(), ['all', '1 101 … FIN', '2 101 … open']);
    t.equal(await tab.locator('.connection[aria-current]').textContent(), '2 101 … open');
    await chips.nth(1).click();
    t.equal(new URL(tab.url()).hash, `${UNMASKED}?of=3f9a`);
    t.equal(await tab.locator('.wire tbody tr').count(), 8);
    t.match(await tab.evaluate('document.activeElement.dataset.key'), 'of:3f9a');
    await chips.nth(0).click();
    t.equal(await tab.locator('.wire tbody tr:not(.pause)').count(), 19);
    await tab.goBack();
    await tab.goBack();
    t.equal(await tab.locator('.connection[aria-current]').textContent(), '2 101 … open');
    await tab.goto(new URL(`${UNMASKED}?at=999999&of=none`, tab.url()).href);
    t.equal(await tab.locator('.inspect').count(), 0, 'what there is not is not opened');
    t.same(opened.trouble, []);
  });

  await t.test('heads are compared at each hop, and what hops did is told', async (t) => {
    await using opened = await chromium.open(page, PINGS);
    const { page: tab } = opened;
    await settled(tab);
    t.same(
      (await tab.locator('.head-diff summary').allTextContents()).map((text) => text.trim()),
      [
        'Request through squid: unchanged',
        'Request through nginx: 2 rewritten, 1 added',
        'Answer through nginx: 1 added',
        'Answer through squid: unchanged',
      ],
    );
    await tab.locator('.head-diff summary').nth(1).click();
    const diff = tab.locator('.head-diff[open] .diff');
    t.match(await seen(diff), /~ rewritten\s+Host: gauntlet\.test\s+Host: 127\.0\.0\.1:8080/);
    t.match(await seen(diff), /\+ added\s+–\s+X-Forwarded-For: 127\.0\.0\.1/);
    t.same(await diff.locator('thead th').allTextContents(), [
      'line',
      'as it passed squid → nginx',
      'as the origin saw it',
    ]);
    await tab.goto(new URL(address('plain/nginx-stripping › opening/upgrade'), tab.url()).href);
    await settled(tab);
    const changes = await seen(tab.locator('.changes'));
    t.match(changes, /nginx\s+− header dropped\s+nginx dropped Upgrade\s+in Upgrade: websocket/);
    t.match(changes, /~ version\s+the origin saw HTTP\/1\.0/);
    t.match(await seen(tab.locator('.proved')), '✓ proved: with the remedy the handshake was accepted');
    t.equal(await tab.locator('.head-diff[open]').count(), 2, 'open where that is what it is about');
  });

  await t.test('the request can be taken away as curl and as octets', async (t) => {
    await using opened = await chromium.open(page, PINGS);
    const { page: tab } = opened;
    await settled(tab);
    const copied = async (words: string) => {
      await tab.evaluate('navigator.clipboard.writeText = async (text) => { window.copied = text; }');
      await tab.getByRole('button', { name: words }).click();
      await tab.locator('.copying', { hasText: words }).getByText('copied').waitFor();
      return tab.evaluate<string>('window.copied');
    };
    t.match(await copied('copy as curl'), /^curl -isSNg .*http:\/\/gauntlet\.test\/echo/);
    t.match(
      await copied('copy as bytes'),
      /^\(printf 'GET \/echo\?gauntlet=3f9a HTTP.* \| nc 127\.0\.0\.1 43121$/,
    );
    t.match(await copied('copy as hex'), /^474554202f6563686f/);
  });
});
