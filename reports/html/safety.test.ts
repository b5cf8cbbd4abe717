import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { read, write } from '../../harness/run-file.js';
import { browser, noBrowser, seen } from '../testing/browser.js';
import { hostileRun } from '../testing/hostile.js';
import { emptyRun, sampleRun } from '../testing/sample.js';
import { few, nothingButText } from '../testing/touring.js';
import html from './index.js';

const dir = await mkdtemp(join(tmpdir(), 'safety-'));
t.teardown(() => rm(dir, { recursive: true }));

t.setTimeout(120_000);
t.test('in Chromium', { skip: noBrowser, timeout: 120_000 }, async (t) => {
  await using chromium = await browser();

  await t.test('the watch sees a script, a handler and a request that a hole would let in', async (t) => {
    const hole =
      '<script>window.owned = 1</script><img src="http://127.0.0.1:9/x" onerror="window.owned = 2"><noscript>';
    await using opened = await chromium.open(html.render(emptyRun()).replace('<noscript>', hole));
    t.ok(opened.trouble.some((each) => each.includes('breach script-src')));
    t.ok(opened.trouble.some((each) => each.includes('breach img-src')));
    t.equal(await opened.page.evaluate('window.owned'), undefined, 'and the policy holds');
  });

  await t.test('a hostile run as it is created', (t) =>
    nothingButText(t, chromium, few(hostileRun()), Infinity),
  );
  await t.test('a hostile run that was written and read again', async (t) =>
    nothingButText(t, chromium, await read(await write(few(hostileRun()), dir)), 20),
  );

  await t.test('hostile text is there to be read, with what cannot be seen written out', async (t) => {
    await using opened = await chromium.open(html.render(hostileRun()), '#/?all=1');
    const text = await seen(opened.page.locator('main'));
    t.match(text, '<script>window.owned=1;alert(1)</script>');
    t.match(text, '\\u202eevil\\u2066');
    t.match(text, '\\x1b[31m');
    t.notMatch(text, /[\u0000-\u0008\u001b\u202e\u2066]/);
    t.notMatch(await opened.page.title(), /[\u001b\u202e]/);
  });

  await t.test('an address among the references is a link only where it is of the web', async (t) => {
    const run = sampleRun();
    const refs = ['javascript:alert(1)', 'data:text/html,x', 'https://example.org/a', 'RFC 6455 §5.1'];
    const checks = { ...run.checks, 'opening/upgrade': { ...run.checks['opening/upgrade']!, refs } };
    await using opened = await chromium.open(html.render({ ...run, checks }), '#/check/opening%2Fupgrade');
    const links = await opened.page.locator('.refs a').all();
    t.same(await Promise.all(links.map((link) => link.getAttribute('href'))), [
      'https://example.org/a',
      'https://www.rfc-editor.org/rfc/rfc6455#section-5.1',
    ]);
  });
});
