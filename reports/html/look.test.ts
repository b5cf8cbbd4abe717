import { readFile } from 'node:fs/promises';
import t from 'tap';
import { browser, go, noBrowser, settled } from '../testing/browser.js';
import { sampleRun } from '../testing/sample.js';
import html from './index.js';

const page = html.render(sampleRun());
const contrast = await readFile(new URL('../testing/contrast.js', import.meta.url), 'utf8');
const FINDING = `#/finding/${encodeURIComponent('chain/squid-nginx › keepalive/server-ping')}`;

t.setTimeout(120_000);
t.test('in Chromium', { skip: noBrowser, timeout: 120_000 }, async (t) => {
  await using chromium = await browser();

  await t.test('badges can be read in light and dark, and told apart without colour', async (t) => {
    await using opened = await chromium.open(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await opened.page.emulateMedia({ colorScheme });
      const badges = await opened.page.evaluate<{ text: string; contrast: number }[]>(contrast);
      t.equal(badges.length, 8);
      for (const badge of badges)
        t.ok(badge.contrast >= 4.5, `${colorScheme} ${badge.text}: ${badge.contrast.toFixed(1)}`);
      t.equal(new Set(badges.map(({ text }) => text[0])).size, 8, 'each has a glyph of its own');
    }
  });

  await t.test('on a phone nothing is wider than the screen', async (t) => {
    await using opened = await chromium.open(page);
    await opened.page.setViewportSize({ width: 420, height: 900 });
    const views = [
      '#/',
      '#/by-hop',
      '#/where',
      '#/idle',
      '#/latency',
      '#/audit',
      '#/scenario/chain%2Fsquid-nginx',
    ];
    for (const hash of [...views, FINDING, `${FINDING}?at=5`]) {
      await go(opened.page, hash);
      const width = await opened.page.evaluate<number>('document.documentElement.scrollWidth');
      t.ok(width <= 420, `${hash}: ${width}`);
    }
  });

  await t.test('the head of the matrix stays in view, and hides no cell that has the focus', async (t) => {
    await using opened = await chromium.open(page);
    await opened.page.setViewportSize({ width: 1400, height: 420 });
    const top = (selector: string) =>
      opened.page.evaluate<number>(
        `document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().top`,
      );
    await opened.page.evaluate("document.querySelector('.matrix tbody tr:nth-child(7)').scrollIntoView()");
    const head = await top('.matrix thead th:first-child');
    t.ok(head > 30 && head < 60, `${head}`);
    await opened.page.focus('[data-key="row:plain/direct"]');
    t.ok((await top('[data-key="row:plain/direct"]')) > head + 20);
    t.equal(await opened.page.evaluate('document.documentElement.scrollWidth'), 1400);
  });

  await t.test('on paper all is open and the controls are gone', async (t) => {
    await using opened = await chromium.open(page, FINDING);
    const closed = () => opened.page.locator('main details:not([open], .bytes, .unchanged, .log)').count();
    const logs = () => opened.page.locator('.log[open]').count();
    await settled(opened.page);
    await opened.page.emulateMedia({ media: 'print' });
    t.notOk(await opened.page.isVisible('body > header'));
    t.not(await closed(), 0);
    t.equal(await logs(), 1);
    await opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    t.equal(await closed(), 0);
    t.equal(await logs(), 0, 'but for whole logs');
    await opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))");
    t.not(await closed(), 0);
    t.equal(await logs(), 1);
    t.ok((await opened.page.pdf()).length > 10_000);
  });
});
