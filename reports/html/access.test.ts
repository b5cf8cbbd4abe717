import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import t from 'tap';
import { compareRuns } from '../../harness/run-file.js';
import { browser, go, noBrowser } from '../testing/browser.js';
import { sampleRun } from '../testing/sample.js';
import html from './index.js';

interface Violation {
  id: string;
  impact: string;
  help: string;
  nodes: { html: string; failureSummary: string }[];
}

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const run = sampleRun();
const page = html.render({
  ...run,
  comparison: compareRuns({ ...run, findings: run.findings.slice(5) }, run),
});
const finding = (id: string) => `#/finding/${encodeURIComponent(id)}`;
const VIEWS = [
  '#/',
  '#/by-hop',
  '#/where',
  '#/idle',
  '#/latency',
  '#/audit',
  '#/scenario/chain%2Fsquid-nginx',
  `${finding('plain/nginx › masking/unmasked-ping')}?of=71c2&at=15`,
  finding('chain/squid-nginx › keepalive/server-ping'),
  finding('plain/nginx-stripping › opening/upgrade'),
];
/** Made of the same parts; looked at once. */
const MORE = ['#/?since=new&q=ping', '#/by-hop/nginx', '#/check/masking%2Funmasked-ping', '#/finding/none'];

t.setTimeout(120_000);
t.test('in Chromium', { skip: noBrowser, timeout: 120_000 }, async (t) => {
  await using chromium = await browser();
  for (const colorScheme of ['light', 'dark'] as const)
    await t.test(`axe finds nothing serious, ${colorScheme}`, async (t) => {
      await using opened = await chromium.open(page);
      await opened.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await opened.page.evaluate(axe);
      for (const view of colorScheme === 'light' ? [...VIEWS, ...MORE] : VIEWS) {
        await go(opened.page, view);
        const { violations } = await opened.page.evaluate<{ violations: Violation[] }>(
          "axe.run(document, { resultTypes: ['violations'] })",
        );
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        t.same(
          serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`),
          [],
          view,
        );
      }
      t.same(opened.trouble, []);
    });
});
