import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import t from 'tap';
import { read } from '../../harness/run-file.js';
import { needingBinaries } from '../../harness/testing/needing.js';
import { browser, noBrowser, seen, settled } from '../testing/browser.js';
import { nothingButText } from '../testing/touring.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const dir = await mkdtemp(join(tmpdir(), 'real-'));
t.teardown(() => rm(dir, { recursive: true }));

/** The command, as a user gives it; what it wrote. */
async function run(name: string, ...args: string[]): Promise<{ record: string; html: string }> {
  const out = join(dir, name);
  const argv = [
    '--import=tsx',
    here('../../harness/cli/bin.ts'),
    'run',
    '--runtime',
    'process',
    '--out',
    out,
  ];
  await new Promise<void>((resolve) => {
    // It ends with 1 where something breaks, as it is meant to.
    execFile(process.execPath, [...argv, '-q', ...args], () => resolve());
  });
  return { record: join(out, 'run.json'), html: await readFile(join(out, 'index.html'), 'utf8') };
}

const needs = await needingBinaries('nginx', 'squid');
t.setTimeout(180_000);
t.test(
  'through nginx and Squid, in Chromium',
  { ...(noBrowser ? { skip: noBrowser } : needs), timeout: 180_000 },
  async (t) => {
    await using chromium = await browser();

    await t.test('what a peer sends is inert, and its secrets are nowhere', async (t) => {
      const { record, html } = await run('hostile', here('../testing/hostile-peer.scenario.ts'));
      const text = await readFile(record, 'utf8');
      t.notMatch(text, 'SECRET', 'not in the record');
      const details = [...html.matchAll(/class="detail">([^<]*)</g)].map(([, packed]) =>
        gunzipSync(Buffer.from(packed!, 'base64')).toString(),
      );
      t.equal(details.length, 1);
      t.notMatch(html + details.join(''), 'SECRET', 'nor in the page');
      const found = await read(record);
      const octets = found.findings.flatMap(({ evidence }) =>
        evidence.map(({ bytes = '' }) => Buffer.from(bytes, 'base64').toString('latin1')),
      );
      t.notMatch(octets.join('\n'), 'SECRET', 'nor in octets that were kept');
      t.match(octets.join('\n'), '<script>window.owned=1', 'though what is no secret was kept');
      await nothingButText(t, chromium, found, Infinity);
      await using opened = await chromium.open(
        html,
        `#/finding/${encodeURIComponent('hostile-peer › hostile/everything')}`,
      );
      await settled(opened.page);
      const shown = await seen(opened.page.locator('main'));
      t.match(shown, `<script>window.owned=1</script>'"><img src=x onerror=window.owned=2>`);
      t.match(shown, '[redacted]');
      t.equal(await opened.page.evaluate('window.owned'), undefined);
      t.same(opened.trouble, []);
    });

    await t.test('the request as curl asks TLS for the name that the client asked for', async (t) => {
      const { html } = await run('tls', '--checks', 'opening/upgrade', 'nginx/tls', 'squid/connect-wss');
      await using opened = await chromium.open(html);
      const { page: tab } = opened;
      const curl = async (at: string) => {
        await tab.goto(new URL(`#/finding/${encodeURIComponent(at)}`, tab.url()).href);
        await settled(tab);
        await tab.evaluate('navigator.clipboard.writeText = async (text) => { window.copied = text; }');
        await tab.getByRole('button', { name: 'copy as curl' }).click();
        await tab.locator('.copying', { hasText: 'curl' }).getByText('copied').waitFor();
        return tab.evaluate<string>('window.copied');
      };
      const plain = await curl('nginx/tls › opening/upgrade');
      t.match(plain, / -k --connect-to ::127\.0\.0\.1:\d+ .* 'https:\/\/gauntlet\.test:\d+\/echo\?gauntlet=/);
      const tunnelled = await curl('squid/connect-wss › opening/upgrade');
      t.match(tunnelled, / --proxy http:\/\/127\.0\.0\.1:\d+ --proxytunnel --connect-to ::127\.0\.0\.1:\d+ /);
      t.match(tunnelled, /'https:\/\/gauntlet\.test:\d+\/echo/);
    });

    await t.test('a cut is drawn as it was: the hop, its curve, the remedy, its log', async (t) => {
      const { record, html } = await run(
        'cut',
        '--checks',
        'keepalive/idle-survives',
        'nginx/read-timeout',
        'squid/read-timeout',
      );
      const { findings } = await read(record);
      const untold = findings.find(({ outcome }) => outcome === 'skip' || outcome === 'error');
      if (untold) return t.comment(`the machine was held up: ${untold.message}`);
      await using opened = await chromium.open(html, '#/idle');
      const { page: tab } = opened;
      t.match(await seen(tab.locator('h1')), /Silence is cut at 2 of 2 places, the soonest after \d+ ms/);
      t.same(await tab.locator('h2 a').allTextContents(), ['nginx', 'squid']);
      t.ok((await tab.locator('.cut-mark').count()) >= 4);
      const at = 'nginx/read-timeout › keepalive/idle-survives';
      await tab.goto(new URL(`#/finding/${encodeURIComponent(at)}`, tab.url()).href);
      await settled(tab);
      t.same(await tab.locator('.hop.blamed strong').allTextContents(), ['nginx']);
      t.match(
        await seen(tab.locator('.hop.blamed')),
        /\d+\.\d+\.\d+ · process/,
        'with its version and what ran it',
      );
      t.match(await seen(tab.locator('.cure')), /^nginx: /);
      t.ok((await tab.locator('.mark.fin').count()) > 0);
      t.ok((await tab.locator('.silence').count()) > 0, 'silence is broken off');
      t.same(opened.trouble, []);
    });
  },
);
