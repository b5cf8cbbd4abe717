import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Locator, type Page } from 'playwright-core';

const BINARY = process.env.WSGAUNTLET_CHROMIUM ?? '/usr/bin/chromium';

/** Why there is no browser to test in; false when there is one, or when one is demanded. */
export const noBrowser: string | false =
  !existsSync(BINARY) &&
  process.env.WSGAUNTLET_STRICT !== '1' &&
  `no Chromium at ${BINARY}; WSGAUNTLET_CHROMIUM may name another`;

/** A page in a file, opened. */
export interface Opened extends AsyncDisposable {
  page: Page;
  /** What must not happen: dialogs, errors, requests, breaches of the policy. */
  trouble: string[];
}

/** A browser with a profile of its own, which opens texts as files. */
export interface Browser extends AsyncDisposable {
  /** `hash` is the address of the view, `#/…`. */
  open(html: string, hash?: string): Promise<Opened>;
}

export async function browser(): Promise<Browser> {
  const dir = await mkdtemp(join(tmpdir(), 'chromium-'));
  const context = await chromium.launchPersistentContext(join(dir, 'profile'), {
    executablePath: BINARY,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
    viewport: { width: 1400, height: 900 },
  });
  const url = pathToFileURL(join(dir, 'index.html')).href;
  return {
    async open(html, hash = '') {
      await writeFile(join(dir, 'index.html'), html);
      const page = await context.newPage();
      const trouble: string[] = [];
      page.on('dialog', (dialog) => {
        trouble.push(`dialog ${dialog.message()}`);
        return dialog.dismiss();
      });
      page.on('pageerror', (error) => trouble.push(`error ${error.message}`));
      page.on('console', (message) => trouble.push(`console ${message.text()}`));
      page.on('request', (request) => {
        if (!request.url().startsWith(url)) trouble.push(`request ${request.url()}`);
      });
      await page.addInitScript(
        "document.addEventListener('securitypolicyviolation', (event) => console.error('breach ' + event.violatedDirective))",
      );
      await page.goto(url + hash);
      return { page, trouble, [Symbol.asyncDispose]: () => page.close() };
    },
    async [Symbol.asyncDispose]() {
      await context.close();
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Waits until what is read late is there. */
export async function settled(page: Page): Promise<void> {
  await page.getByText('Reading…').waitFor({ state: 'detached' });
}

/** Goes to another view of the open page. */
export async function go(page: Page, hash: string): Promise<void> {
  await page.goto(new URL(hash, page.url()).href);
  await settled(page);
}

/** What a reader sees there, on as many lines as a reader sees. */
export async function seen(where: Locator): Promise<string> {
  return (await where.innerText()).replace(/[ \t\u00a0]+/g, ' ');
}
