import t from 'tap';
import type { Finding, Run } from '../../harness/model.js';
import { browser, go, noBrowser, seen, settled } from '../testing/browser.js';
import { sampleRun } from '../testing/sample.js';
import html from './index.js';

const run = sampleRun();
const STRIPPED = 'plain/nginx-stripping › opening/upgrade';
const address = (id: string) => `#/finding/${encodeURIComponent(id)}`;
const changed = (id: string, change: Partial<Finding>): Run => ({
  ...run,
  findings: run.findings.map((each) => (each.id === id ? { ...each, ...change } : each)),
});

t.setTimeout(120_000);
t.test('in Chromium', { skip: noBrowser, timeout: 120_000 }, async (t) => {
  await using chromium = await browser();

  await t.test('the lines of the remedy, where they go, and that they helped', async (t) => {
    await using opened = await chromium.open(html.render(run), address(STRIPPED));
    const { page: tab } = opened;
    await settled(tab);
    const cure = tab.locator('.cure');
    t.match(await seen(cure), /^nginx: forward Upgrade and Connection over HTTP\/1\.1 ✓ proved/);
    t.same(await cure.locator('figcaption > span:first-child').allTextContents(), [
      'location / { … }, nginx.conf:7',
      'http { … }',
    ]);
    await tab.evaluate('navigator.clipboard.writeText = async (text) => { window.copied = text; }');
    await cure.getByRole('button', { name: 'copy' }).first().click();
    await cure.getByText('copied').waitFor();
    t.equal(
      await tab.evaluate('window.copied'),
      'proxy_http_version 1.1;\nproxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection $connection_upgrade;',
    );
    t.match(await seen(cure.locator('.proved.held')), /^✓ proved: with the remedy the handshake/);
    t.match(
      await seen(tab.locator('.did-it')),
      /^nginx dropped Upgrade and Connection; the origin saw HTTP\/1\.0/,
    );
    t.match(await seen(tab.locator('aside')), 'In general: Forward Upgrade and Connection');
    await go(tab, '#/audit');
    await settled(tab);
    t.equal(await tab.locator('.cure').count(), 0, 'what is known to break is no finding of the audit');
    t.same(opened.trouble, []);
  });

  await t.test(
    'a finding can be taken away as Markdown, and n and p go from one odd finding to the next',
    async (t) => {
      const hostile = changed(STRIPPED, {
        actualText: 'a ```` b @everyone\u202e',
        differs: true,
        outcome: 'fail',
      });
      await using opened = await chromium.open(html.render(hostile), address(STRIPPED));
      const { page: tab } = opened;
      await tab.evaluate('navigator.clipboard.writeText = async (text) => { window.copied = text; }');
      await tab.getByRole('button', { name: 'copy as Markdown' }).click();
      await tab.locator('.copying', { hasText: 'Markdown' }).getByText('copied').waitFor();
      const text = await tab.evaluate<string>('window.copied');
      t.match(text, /^\*\*fail\*\* \(severity high\)\n\n`{5}text\nfinding {3}plain\/nginx-stripping/);
      t.match(text, 'actual    a ```` b @everyone\\u202e\n', 'what is hostile stays within its fence');
      t.match(text, 'path      client 8.23.0 → nginx 1.22.1 → echo 0.1.0\n');
      t.match(text, '# `location / { … }`, nginx.conf:7\nproxy_http_version 1.1;\n');
      await tab.keyboard.press('n');
      await tab.locator('.id', { hasText: 'chain/squid-nginx › opening/early-frames' }).waitFor();
      await tab.keyboard.press('p');
      await tab.locator('.id', { hasText: STRIPPED }).waitFor();
      t.same(opened.trouble, []);
    },
  );

  for (const [held, words] of [
    [false, '✗ did not help: it was refused again'],
    [undefined, '– not tried: it was refused again'],
  ] as const)
    await t.test(words, async (t) => {
      const proved = { ...(held !== undefined && { held }), text: 'it was refused again' };
      const made = changed(STRIPPED, { proved, differs: true, state: 'fail' } as Partial<Finding>);
      await using opened = await chromium.open(html.render(made), address(STRIPPED));
      t.equal(await seen(opened.page.locator('.proved')), words);
      await go(opened.page, '#/audit');
      t.equal(await seen(opened.page.locator('.cure .proved')), words, 'in the audit too');
    });

  await t.test('what a hop logged stands in its lane, and leads to its place on the wire', async (t) => {
    await using opened = await chromium.open(
      html.render(run),
      address('chain/squid-nginx › keepalive/server-ping'),
    );
    const { page: tab } = opened;
    await settled(tab);
    t.match(await seen(tab.locator('.logged tbody')), /^3\.1 s\s+squid\s+\[info\] upstream timed out$/);
    await tab.click('.logged a');
    t.match(await seen(tab.locator('.inspect')), /squid log \[info\] upstream timed out/);
    t.match(new URL(tab.url()).hash, /\?of=3f9a&at=\d+$/);
    t.equal(await tab.locator('.mark.opened.said').count(), 1);
    t.same(opened.trouble, []);
  });

  await t.test('a capture is a link to what lies beside the page, and to nothing else', async (t) => {
    const at = 'plain/nginx › masking/unmasked-ping';
    const link = async (capture: string) => {
      const place = { ...run.places['plain/nginx']!, capture };
      const made = { ...run, places: { ...run.places, 'plain/nginx': place } };
      await using opened = await chromium.open(html.render(made), address(at));
      await settled(opened.page);
      const links = opened.page.locator('.capture a');
      return (await links.count()) === 0 ? undefined : links.getAttribute('href');
    };
    t.equal(await link('captures/plain-nginx.pcapng'), 'captures/plain-nginx.pcapng');
    await using opened = await chromium.open(html.render(run), '#/scenario/plain%2Fnginx');
    t.equal(await opened.page.locator('.capture a').count(), 1, 'at its place too');
    for (const elsewhere of [
      'javascript:alert(1)//.pcapng',
      '../x.pcapng',
      '/etc/x.pcapng',
      'a/../../x.pcapng',
    ])
      t.equal(await link(elsewhere), undefined, elsewhere);
  });

  await t.test(
    'what each hop did: the hop to blame first, heads aside where they are not the matter',
    async (t) => {
      const changes = [
        { hop: 'squid', kind: 'header-added', text: 'added `Via`', name: 'Via', after: 'Via: 1.1 squid' },
        { hop: 'nginx', kind: 'delayed', text: 'delayed 2 texts' },
        { hop: 'squid', kind: 'cut', text: 'ended the connection first' },
      ];
      const id = 'chain/squid-nginx › keepalive/server-ping';
      await using opened = await chromium.open(html.render(changed(id, { changes })), address(id));
      const { page: tab } = opened;
      await settled(tab);
      const first = tab.locator('.changes').first();
      t.same(await first.locator('tbody th').allTextContents(), ['squid', 'nginx']);
      t.notMatch(await seen(first), 'Via');
      await tab.click('.asides > summary');
      t.match(await seen(tab.locator('.asides')), /added Via\s+out Via: 1\.1 squid$/, 'and no name twice');
    },
  );
});
