import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import t, { type Test } from 'tap';
import { noBrowser } from '../../reports/testing/browser.js';
import { sampleRun } from '../../reports/testing/sample.js';
import { execute } from './main.js';
import { fakeIo, ran } from './testing/io.js';

const record = JSON.stringify(sampleRun());

/** `show` at work, with no browser to open unless `env` brings one. */
async function shown(t: Test, cwd: string, argv: readonly string[] = [], env: Record<string, string> = {}) {
  const { io, said, signal, listeners } = fakeIo({ cwd, env });
  const ended = execute(['show', ...argv], io);
  t.teardown(async () => {
    signal('SIGINT');
    await ended;
  });
  while (!/until Ctrl-C/.test(said.stdout)) {
    if (said.stderr) throw new Error(said.stderr);
    await sleep(5);
  }
  const [, port] = / is at http:\/\/127\.0\.0\.1:(\d+)\/ until Ctrl-C\n/.exec(said.stdout) ?? [];
  return { port: Number(port), said, signal, ended, listeners };
}

interface Asked {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

function ask(
  port: number,
  path: string,
  { method = 'GET', host = `127.0.0.1:${port}` } = {},
): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path, method, headers: { Host: host }, agent: false },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (chunk) => {
          body += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, body }));
      },
    );
    asked.on('error', reject).end();
  });
}

t.test('the newest report of the usual folder, until Ctrl-C', async (t) => {
  const older = JSON.stringify({ ...sampleRun(), startedAt: '2001-01-01T00:00:00.000Z' });
  const cwd = t.testdir({ 'gauntlet-report': { 'run.json': older, later: { 'run.json': record } } });
  utimesSync(join(cwd, 'gauntlet-report/run.json'), 1, 1);
  const { port, said, signal, ended, listeners } = await shown(t, cwd);
  t.match(said.stdout, /^gauntlet-report\/later\/run\.json is at /);
  const { status, headers, body } = await ask(port, '/');
  t.equal(status, 200);
  t.match(headers, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': /default-src 'none'; script-src 'sha256-[^']+'; .*frame-ancestors 'none'$/,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  });
  t.match(body, /^<!doctype html>/);
  t.notMatch(body, '2001-01-01');
  t.ok((await ask(port, '/run.json')).body === record, 'the record, octet for octet');
  const head = await ask(port, '/', { method: 'HEAD' });
  t.match(head, { status: 200, body: '', headers: { 'content-length': headers['content-length'] } });
  signal('SIGINT');
  t.equal(await ended, 0);
  t.equal(listeners.size, 0);
  await t.rejects(ask(port, '/'), { code: 'ECONNREFUSED' });
});

t.test('whatever else is asked', { skip: process.platform !== 'linux' }, async (t) => {
  const cwd = t.testdir({
    'mine.json': record,
    captures: { nginx: { 'websocket.pcapng': '\n\r\r\nbytes' }, 'a.txt': 'x', 'empty.pcapng': '' },
    'secret.pcapng': 'not for you',
  });
  symlinkSync(join(cwd, 'secret.pcapng'), join(cwd, 'captures/link.pcapng'));
  const { port } = await shown(t, cwd, ['mine.json', '--no-open']);
  const status = async (path: string, more = {}) => (await ask(port, path, more)).status;
  t.match(await ask(port, '/captures/nginx/websocket.pcapng'), {
    status: 200,
    body: '\n\r\r\nbytes',
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="websocket.pcapng"',
      'content-security-policy': /sandbox/,
    },
  });
  t.match(await ask(port, '/captures/empty.pcapng'), { status: 200, body: '' });
  for (const path of [
    '/captures/../secret.pcapng',
    '/captures/..%2fsecret.pcapng',
    '/captures/link.pcapng',
    '/captures/a.txt',
    '/captures/',
    '/mine.json',
    '/..%2f..%2fetc/passwd',
    '/%',
    '/nothing',
  ]) {
    t.equal(await status(path), 404, path);
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    t.match(await ask(port, '/', { method }), { status: 405, headers: { allow: 'GET, HEAD' } }, method);
  }
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`]) {
    t.equal(await status('/', { host }), 421, `Host: ${host}`);
  }
  t.equal(await status('/', { host: `localhost:${port}` }), 200);
});

t.test(
  'another user of this machine gets nothing',
  {
    skip:
      process.platform !== 'linux' || process.getuid?.() !== 0
        ? 'it takes root on Linux to be somebody else'
        : false,
  },
  async (t) => {
    const cwd = t.testdir({ 'run.json': record, captures: { 'a.pcapng': 'secret' } });
    const { port } = await shown(t, cwd, ['run.json', '--no-open']);
    for (const path of ['/', '/run.json', '/captures/a.pcapng']) {
      const script = `fetch('http://127.0.0.1:${port}${path}').then(async (a) => console.log(a.status, await a.text()))`;
      const somebody = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, '-e', script];
      const env = { PATH: process.env.PATH };
      const { stdout } = await promisify(execFile)('setpriv', somebody, { cwd: '/', env });
      t.equal(stdout, '403 this is the report of another user of this machine\n\n', path);
    }
  },
);

t.test('the page is of the record as it is now', async (t) => {
  const cwd = t.testdir({ 'run.json': record });
  const { port } = await shown(t, cwd, ['.', '--no-open']);
  writeFileSync(join(cwd, 'run.json'), record.replaceAll('wsgauntlet', 'another-tool'));
  t.match((await ask(port, '/')).body, 'another-tool');
  writeFileSync(join(cwd, 'run.json'), '{');
  t.match(await ask(port, '/'), { status: 500, body: /run\.json:1:2 is not JSON/ });
  t.match((await ask(port, '/')).headers['content-type'], 'text/plain');
});

t.test(
  'it is opened in the browser, unless told otherwise',
  { skip: process.platform !== 'linux' },
  async (t) => {
    const cwd = t.testdir({ 'run.json': record, bin: {} });
    const opener = join(cwd, 'bin/xdg-open');
    writeFileSync(opener, `#!/bin/sh\necho "$@" >>${join(cwd, 'opened')}\nexit 3\n`);
    chmodSync(opener, 0o755);
    const env = { PATH: `${join(cwd, 'bin')}:/usr/bin:/bin` };
    await shown(t, cwd, ['run.json', '--no-open'], env);
    const { port } = await shown(t, cwd, ['run.json'], env);
    for (let tries = 0; tries < 200; tries++) {
      await sleep(20);
      try {
        if (readFileSync(join(cwd, 'opened'), 'utf8').endsWith('\n')) break;
      } catch {
        // Not yet.
      }
    }
    t.equal(readFileSync(join(cwd, 'opened'), 'utf8'), `http://127.0.0.1:${port}/\n`);
    const { port: without } = await shown(t, cwd, ['run.json'], { PATH: '/nowhere' });
    t.equal((await ask(without, '/')).status, 200, 'a browser that is absent is no error');
  },
);

t.test('what cannot be shown is said in a sentence', async (t) => {
  const cwd = t.testdir({
    'cut.json': '{"version":',
    empty: {},
    'wsgauntlet.config.json': '{"out":"elsewhere"}',
  });
  const taken = createServer().listen(0, '127.0.0.1');
  t.teardown(() => taken.close());
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };
  mkdirSync(join(cwd, 'good'));
  writeFileSync(join(cwd, 'good/run.json'), record);
  const cases: [string[], number, RegExp][] = [
    [
      [],
      2,
      /^wsgauntlet: there is no report in elsewhere; make one with `wsgauntlet run`, or name its run\.json/,
    ],
    [['--out', 'none'], 2, /^wsgauntlet: there is no report in none;/],
    [['empty'], 2, /^wsgauntlet: there is no report in empty;/],
    [['cut.json'], 2, /^wsgauntlet: .*cut\.json:1:12 is not JSON/],
    [
      ['good', '--port', 'high'],
      2,
      /^wsgauntlet: --port must be a whole number of at least 0, and is "high"\n$/,
    ],
    [['good', '--port', '70000'], 2, /^wsgauntlet: --port must be at most 65535, and is 70000\n$/],
    [
      ['good', '--port', `${port}`],
      3,
      /^wsgauntlet: cannot listen at port \d+ of 127\.0\.0\.1: it is taken; /,
    ],
  ];
  for (const [argv, code, sentence] of cases) {
    const said = await ran(['show', '--no-open', ...argv], { cwd });
    t.match(said, { code, stdout: '', stderr: sentence }, argv.join(' '));
  }
});

t.test('the page works as it is served, within its policy', { skip: noBrowser }, async (t) => {
  const cwd = t.testdir({ 'run.json': record });
  const { port } = await shown(t, cwd, ['run.json', '--no-open']);
  const browser = await chromium.launch({
    executablePath: process.env.WSGAUNTLET_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
  });
  t.teardown(() => browser.close());
  const page = await browser.newPage();
  const trouble: string[] = [];
  page.on('pageerror', ({ message }) => trouble.push(message));
  await page.addInitScript(
    "document.addEventListener('securitypolicyviolation', (event) => console.error('breach ' + event.violatedDirective))",
  );
  page.on('console', (message) => trouble.push(message.text()));
  await page.goto(`http://127.0.0.1:${port}/`);
  t.match(await page.locator('main').innerText(), /scenarios?/);
  // The browser itself asks for the icon.
  t.same(
    trouble.filter((one) => !/404/.test(one)),
    [],
  );
});
