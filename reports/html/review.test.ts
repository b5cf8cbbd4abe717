import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import t from 'tap';
import { comparison } from '../../harness/cli/new-or-worse.js';
import type { Finding, Run } from '../../harness/model.js';
import { auditRun, largeAudit } from '../testing/audit.js';
import { browser, go, noBrowser, seen } from '../testing/browser.js';
import { hostileRun } from '../testing/hostile.js';
import { nothingButText } from '../testing/touring.js';
import html from './index.js';

const run = auditRun();
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FOREIGN = '#/finding/audit%20%E2%80%BA%20origins%2Fforeign';

/** As it might have been before: one thing holding, one milder. */
const before: Run = {
  ...run,
  findings: run.findings.map((each): Finding => {
    if (each.check === 'origins/foreign') return { ...each, outcome: 'pass' };
    return each.check === 'framing/unmasked' ? { ...each, outcome: 'warn' } : each;
  }),
};

t.setTimeout(120_000);
t.test('in Chromium', { skip: noBrowser, timeout: 120_000 }, async (t) => {
  await using chromium = await browser();

  await t.test('where, how far, what it took; topic by topic, the worst first', async (t) => {
    await using opened = await chromium.open(html.render(run));
    const { page: tab } = opened;
    t.match(await seen(tab.locator('h1')), 'ws://127.0.0.1:43121/chat: 2 of 11 checks fail (1 high, 1 low)');
    t.match(
      (await seen(tab.locator('.audit-facts'))).replaceAll('\n', ' '),
      /profile intrusive; the user said .* traffic 311 connections, at most 48 at once, 47\.1 KiB sent/,
    );
    const heads = tab.locator('.review > div h2');
    t.same(await heads.allTextContents(), [
      'origins: 2 findings',
      'framing: 1 finding',
      'opening: 1 finding',
      'limits: 2 findings',
    ]);
    t.same(await tab.locator('.card summary strong').allTextContents(), [
      'A handshake from a foreign origin is refused',
      'The origin null is refused',
      'An unmasked client frame ends the connection',
      'A subprotocol that nobody offered is not chosen',
      'There is a ceiling to the length of a message',
      'A flood of half-open handshakes is bounded',
    ]);
    t.equal(await tab.locator('.card[open]').count(), 1, 'what is grave is open');
    t.equal(await tab.locator('.topics tbody tr').count(), 6);
    t.same(await tab.locator('.views a').allTextContents(), ['findings', 'on paper']);
    t.same(await tab.locator('.untold summary').allInnerTexts(), ['✓\npass\n2', '–\nskip\n3']);
    t.same(opened.trouble, []);
  });

  await t.test(
    'a card: expected and seen, why, what to change and where, the bytes, the standards',
    async (t) => {
      await using opened = await chromium.open(html.render(run));
      const { page: tab } = opened;
      const card = tab.locator('.card').first();
      await card.locator('.logged').waitFor();
      const words = await seen(card);
      t.match(words, /✗\s+fail\s+high\s+vulnerability\s+A handshake/);
      t.match(words, /expected\s+a refusal.*actual\s+accepted: 101/s);
      t.match(words, 'Why it matters: Any page');
      t.same(await card.locator('figcaption span:first-child').allInnerTexts(), ['ws', 'nginx', 'haproxy']);
      t.match(words, 'Host: gauntlet.test\nUpgrade: websocket');
      t.match(words, /text, 5 octets, masked\s+48 65 6c 6c 6f/);
      t.same(
        await tab.evaluate<string[]>(
          "[...document.querySelector('.card').querySelectorAll('.refs a')].map((link) => link.href)",
        ),
        [
          'https://cwe.mitre.org/data/definitions/1385.html',
          'https://www.rfc-editor.org/rfc/rfc6455#section-10.2',
          'https://owasp.org/www-community/attacks/csrf',
        ],
      );
      await tab.evaluate('navigator.clipboard.writeText = async (text) => { window.copied = text; }');
      await card.getByRole('button', { name: 'copy' }).nth(1).click();
      await card.getByText('copied').first().waitFor();
      t.match(await tab.evaluate('window.copied'), /^map \$http_origin \$known/);
      const accepted = tab.locator('.card.accepted');
      await accepted.locator('summary').click();
      t.match(await seen(accepted), 'Accepted until 2027-03-31: only the VPN reaches it');
      await card.locator('.card-ways a').click();
      t.equal(new URL(tab.url()).hash, FOREIGN);
      t.match(await seen(tab.locator('aside')), /haproxy.*Severity high, vulnerability/s);
      await tab.keyboard.press('Escape');
      await tab.keyboard.press('Escape');
      t.equal(new URL(tab.url()).hash, '#/');
      t.same(opened.trouble, []);
    },
  );

  await t.test('by severity, kind, outcome, topic and words', async (t) => {
    await using opened = await chromium.open(html.render(run));
    const { page: tab } = opened;
    const cards = () => tab.locator('.card').count();
    await tab.click('[data-key="severities:low"]');
    t.equal(new URL(tab.url()).hash, '#/?severity=low');
    t.equal(await cards(), 3);
    t.equal(await tab.locator('.untold').count(), 0);
    await tab.click('[data-key="kinds:conformance"]');
    t.equal(await cards(), 2);
    await tab.click('[data-key="all"]');
    t.equal(await cards(), 4, 'and what holds');
    await tab.click('[data-key="clear"]');
    await tab.click('[data-key="topic:limits"]');
    t.equal(await cards(), 2);
    await tab.click('[data-key="topic:limits"]');
    t.equal(await cards(), 6);
    await tab.click('[data-key="state:skip"]');
    t.equal(await cards(), 3);
    await go(tab, '#/?q=severity%3Alow%20kind%3Ahardening');
    t.same(await tab.locator('.card summary strong').allTextContents(), ['The origin null is refused']);
    t.same(opened.trouble, []);
  });

  await t.test('what is new and what is worse since an earlier record', async (t) => {
    await using opened = await chromium.open(html.render({ ...run, comparison: comparison(before, run) }));
    const { page: tab } = opened;
    t.same(await tab.locator('.card .change.tag').allTextContents(), ['new', 'worse']);
    await tab.click('[data-key="since:worse"]');
    t.same(await tab.locator('.card summary strong').allTextContents(), [
      'An unmasked client frame ends the connection',
    ]);
    t.same(opened.trouble, []);
  });

  await t.test('on paper all that is broken is told in full', async (t) => {
    await using opened = await chromium.open(html.render(run), '#/audit');
    const words = await seen(opened.page.locator('main'));
    t.match(words, /Not as expected: 3.*Worth a look: 2.*Accepted: 1.*\(until 2027-03-31\).*Not tried: 3/s);
    t.match(words, 'new WebSocketServer({');
    t.equal(await opened.page.locator('.audited').count(), 5);
    t.match(words, '1 error, 1 accepted');
  });

  await t.test('two endpoints are told apart', async (t) => {
    const other = run.findings.map((each) => ({
      ...each,
      id: `compare › ${each.check}`,
      scenario: 'compare',
    }));
    const places = { ...run.places, compare: { title: 'wss://proxy.example/', hops: [] } };
    const both = { ...run, places, findings: [...run.findings, ...other] };
    await using opened = await chromium.open(html.render(both));
    const kinds = await opened.page.locator('.card .card-kind').allTextContents();
    t.same(kinds.slice(0, 2), ['vulnerability, audit', 'vulnerability, compare']);
    t.match(
      await seen(opened.page.locator('h1')),
      'ws://127.0.0.1:43121/chat and 1 more: 4 of 22 checks fail',
    );
  });

  await t.test('150 checks are looked through at once', async (t) => {
    await using opened = await chromium.open(html.render(largeAudit(14)));
    const nodes = await opened.page.evaluate<number>("document.querySelectorAll('*').length");
    t.ok(nodes < 9000, `${nodes} elements`);
    t.equal(await opened.page.locator('.card').count(), 84);
    await opened.page.setViewportSize({ width: 420, height: 900 });
    for (const hash of ['#/', '#/?all=1', '#/audit', FOREIGN]) {
      await go(opened.page, hash);
      const width = await opened.page.evaluate<number>('document.documentElement.scrollWidth');
      t.ok(width <= 420, `${hash}: ${width}`);
    }
    t.same(opened.trouble, []);
  });

  await t.test('axe finds nothing serious', async (t) => {
    await using opened = await chromium.open(html.render({ ...run, comparison: comparison(before, run) }));
    await opened.page.evaluate(axe);
    for (const colorScheme of ['light', 'dark'] as const) {
      await opened.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const view of ['#/?all=1', '#/?severity=low&kind=conformance', '#/audit', FOREIGN, '#/']) {
        await go(opened.page, view);
        await opened.page.evaluate(
          "for (const each of document.querySelectorAll('details')) each.open = true",
        );
        const { violations } = await opened.page.evaluate<{
          violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
        }>("axe.run(document, { resultTypes: ['violations'] })");
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        t.same(
          serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`),
          [],
          `${colorScheme} ${view}`,
        );
      }
    }
    t.same(opened.trouble, []);
  });

  await t.test('nothing but text comes of a hostile record', (t) =>
    nothingButText(t, chromium, hostileRun(run), 40),
  );
});
