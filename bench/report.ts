/**
 * How fast the HTML report opens in Chromium, with 600 findings of 80 frames each, against a page of the same size that has
 * nothing to do: `node --import=tsx bench/report.ts [scenarios] [checks] [frames]`. Both are opened from disk, each in a tab
 * of its own, in turns; told are medians. The first figure of a finding includes that its transcripts are unpacked.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium } from 'playwright-core';
import html from '../reports/html/index.js';
import { largeRun } from '../reports/testing/large.js';

const ROUNDS = 7;
const [scenarios = 30, checks = 20, frames = 80] = process.argv.slice(2).map(Number);

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;

interface Opening {
  /** ms from the start of the navigation to the first contentful paint, and to the end of the page's own program. */
  paintMs: number;
  readyMs: number;
}

async function open(context: BrowserContext, url: string): Promise<Opening> {
  const page = await context.newPage();
  await page.goto(url);
  const opening = await page.evaluate<Opening>(`new Promise((done) => {
    const told = () => {
      const paint = performance.getEntriesByName('first-contentful-paint')[0];
      const { domContentLoadedEventEnd } = performance.getEntriesByType('navigation')[0];
      if (paint) done({ paintMs: paint.startTime, readyMs: domContentLoadedEventEnd });
      else setTimeout(told, 20);
    };
    told();
  })`);
  await page.close();
  return opening;
}

/** ms from the address to the finding's marks; the second time its scenario is unpacked already. */
async function finding(context: BrowserContext, url: string, id: string): Promise<number[]> {
  const page = await context.newPage();
  await page.goto(url);
  const times = await page.evaluate<number[]>(`(async () => {
    const times = [];
    for (const hash of ['#/finding/${encodeURIComponent(id)}', '#/', '#/finding/${encodeURIComponent(id)}']) {
      const since = performance.now();
      location.hash = hash;
      while (hash !== '#/' && !document.querySelector('.mark.text')) await new Promise((done) => setTimeout(done));
      if (hash !== '#/') times.push(performance.now() - since);
      else while (document.querySelector('.mark.text')) await new Promise((done) => setTimeout(done));
    }
    return times;
  })()`);
  await page.close();
  return times;
}

const dir = await mkdtemp(join(tmpdir(), 'wsgauntlet-bench-'));
const context = await chromium.launchPersistentContext(join(dir, 'profile'), {
  executablePath: process.env.WSGAUNTLET_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
  viewport: { width: 1400, height: 900 },
});
try {
  const run = largeRun(scenarios, checks, frames);
  const rendering = performance.now();
  const page = html.render(run);
  const renderedMs = performance.now() - rendering;
  const bare = `<!doctype html><title>bare</title><p>bare</p><script type="text/plain">${'x'.repeat(page.length)}</script>`;
  const urls = { report: '', bare: '' };
  for (const [name, text] of Object.entries({ report: page, bare })) {
    await writeFile(join(dir, `${name}.html`), text);
    urls[name as keyof typeof urls] = pathToFileURL(join(dir, `${name}.html`)).href;
  }
  const told: Record<keyof typeof urls, Opening[]> = { report: [], bare: [] };
  for (let round = 0; round < ROUNDS; round++)
    for (const name of ['report', 'bare'] as const) told[name].push(await open(context, urls[name]));
  const of = (name: keyof typeof urls, what: keyof Opening) => median(told[name].map((each) => each[what]));
  const [first = 0, again = 0] = await finding(context, urls.report, run.findings.at(-1)!.id);
  const ms = (value: number) => `${Math.round(value)} ms`;
  console.log(`${run.findings.length} findings of ${frames} frames: ${(page.length / 1e6).toFixed(1)} MB`);
  console.log(`made in ${ms(renderedMs)}`);
  for (const what of ['paintMs', 'readyMs'] as const)
    console.log(
      `${what === 'paintMs' ? 'first paint' : 'program done'} ${ms(of('report', what))}, bare page ${ms(of('bare', what))}: ` +
        `${(of('report', what) / of('bare', what)).toFixed(1)} times`,
    );
  console.log(`a finding ${ms(first)}, again ${ms(again)}`);
} finally {
  await context.close();
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
}
