import { gzipSync } from 'node:zlib';
import t from 'tap';
import { browser, noBrowser, settled } from '../testing/browser.js';
import { largeRun } from '../testing/large.js';
import { sampleRun } from '../testing/sample.js';
import html from './index.js';

const DATA = /<script type=[^>]*>.*?<\/script>\n?/gs;

t.test('the page without its data is at most 60 KB, gzipped', (t) => {
  const shell = html.render(sampleRun()).replace(DATA, '');
  const size = gzipSync(shell, { level: 9 }).length;
  t.comment(`${size} octets`);
  t.ok(size <= 60 * 1024, `${size} octets`);
  t.end();
});

t.setTimeout(120_000);
t.test('600 findings of 80 frames', { skip: noBrowser, timeout: 120_000 }, async (t) => {
  const page = html.render(largeRun(30, 20, 80));
  t.comment(`${(page.length / 1e6).toFixed(1)} MB`);
  const index = /id="index">(.*?)<\/script>/s.exec(page)![1]!;
  t.notMatch(index, '"mark"', 'the index has no transcript');
  await using chromium = await browser();
  await using large = await chromium.open(page);
  await large.page.addInitScript(`
    window.unpacked = 0;
    const Native = window.DecompressionStream;
    window.DecompressionStream = class extends Native {
      constructor(format) { super(format); window.unpacked++; }
    };
  `);
  await large.page.reload();
  const unpacked = () => large.page.evaluate<number>('window.unpacked');
  const took = await large.page.evaluate<number>(
    "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd",
  );
  t.comment(`opened in ${Math.round(took)} ms`);
  t.equal(await large.page.locator('.matrix tbody tr').count(), 30);
  t.equal(await unpacked(), 0, 'nothing is unpacked to show the first screen');
  const nodes = await large.page.evaluate<number>("document.querySelectorAll('*').length");
  t.ok(nodes < 6000, `${nodes} elements`);
  t.equal(await large.page.locator('.list tbody tr').count(), 85, 'the list is what is not as expected');
  const began = performance.now();
  await large.page.goto(
    new URL(`#/finding/${encodeURIComponent('large/place-3 › limits/claim-2')}`, large.page.url()).href,
  );
  await settled(large.page);
  await large.page.locator('.mark.text').first().waitFor();
  t.comment(`a finding in ${Math.round(performance.now() - began)} ms`);
  t.equal(await unpacked(), 1, 'then one scenario is');
  t.equal(await large.page.locator('.mark[data-number]').count(), 88);
  t.equal(await large.page.locator('.link').count(), 42);
  t.same(large.trouble, []);
});
