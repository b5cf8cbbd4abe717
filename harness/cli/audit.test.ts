import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import type { Run } from '../model.js';
import { parse } from '../run-file.js';
import { answering, listening, wsListening } from '../testing/listening.js';
import { echoes } from '../testing/subjects.js';
import { ran } from './testing/io.js';

/** Quick, and without anything that waits. */
const FEW = ['--checks', 'framing/opcode-reserved-data', '--checks', 'opening/missing-key'];

const audit = (t: Test, args: readonly string[], files: Record<string, string> = {}, env = {}) => {
  const cwd = t.testdir(files);
  return ran(['audit', ...args], { cwd, env }).then((said) => ({ ...said, cwd }));
};
const recordIn = (cwd: string): Run =>
  parse(readFileSync(join(cwd, 'gauntlet-report/run.json'), 'utf8'), 'run.json');

t.test('a sound server: 0, a record and a page', async (t) => {
  const url = await wsListening(t);
  const { code, stdout, stderr, cwd } = await audit(t, [url, ...FEW, '--report', 'sarif']);
  t.match({ code, stderr }, { code: 0, stderr: '' });
  t.match(stdout, /gauntlet-report\/index\.html/);
  t.same(readdirSync(join(cwd, 'gauntlet-report')).sort(), ['index.html', 'results.sarif', 'run.json']);
  const run = recordIn(cwd);
  t.match(run.audit, {
    url,
    profile: 'safe',
    baseline: /^a handshake is accepted with 101, then an echo came back \(\d+ ms\)$/,
    traffic: { connections: Number, mostAtOnce: Number, octetsSent: Number },
  });
  t.same(
    run.findings.map(({ check, outcome }) => [check, outcome]),
    [
      ['framing/opcode-reserved-data', 'pass'],
      ['opening/missing-key', 'pass'],
    ],
  );
  t.ok(run.audit!.traffic!.mostAtOnce <= 48);
});

t.test('a server whose 101 is wrong: 3, and nothing is judged', async (t) => {
  const server = createServer();
  server.on('upgrade', (_, socket) => {
    socket.on('error', () => {});
    socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  });
  const url = `ws://127.0.0.1:${await listening(t, server)}/`;
  const { code, stderr } = await audit(t, [url, ...FEW]);
  t.equal(code, 3);
  t.match(stderr, /no baseline at ws:\/\/127\.0\.0\.1:\d+\/, so nothing was judged: the 101 is wrong/);
});

t.test('why there is no baseline is one sentence, and the exit code 3', async (t) => {
  const answer = (text: string) => answering(t, (socket) => void socket.end(text.replaceAll('\n', '\r\n')));
  const cases: readonly [string, string | RegExp][] = [
    [
      await answer('HTTP/1.1 301 Moved\nLocation: wss://elsewhere.example/ws\n\n'),
      'redirected to wss://elsewhere.example/ws with 301; clients do not follow that: give the URL that it leads to',
    ],
    [
      await answer('HTTP/1.1 200 OK\nContent-Type: text/html; charset=x\n\n<html>'),
      'answered with 200 OK and text/html instead of 101; this path is no WebSocket endpoint, or something on the way dropped Upgrade',
    ],
    [
      await answer('HTTP/1.1 401 Unauthorized\n\n'),
      'refused with 401 Unauthorized; give credentials (--cookie, --bearer, --basic, --header)',
    ],
    [await answer('HTTP/1.1 404 Not Found\n\n'), 'refused with 404 Not Found; see whether the path is right'],
    [await answer('SSH-2.0-OpenSSH_9.2\n\n'), /the answer is not HTTP/],
    [await answering(t, (socket) => socket.resetAndDestroy()), /lost without an answer/],
    [await answering(t, () => {}), /no answer within 300 ms; is this the right port/],
    ['ws://127.0.0.1:1/', /nothing listens at 127\.0\.0\.1:1/],
    ['ws://no-such-host.invalid/', /no-such-host\.invalid/],
    [(await answer('HTTP/1.1 200 OK\n\n')).replace('ws:', 'wss:'), /TLS/],
    [
      await wsListening(t, {}, (socket) => socket.close(1008, 'go away')),
      'the 101 was followed by Close 1008 "go away"',
    ],
  ];
  for (const [url, why] of cases) {
    const { code, stdout, stderr } = await audit(t, [url, '--answer', '300ms']);
    t.match({ code, stdout }, { code: 3, stdout: '' }, url);
    t.match(stderr, why);
    t.match(stderr, /^wsgauntlet: no baseline at [^\n]*\n$/, 'one sentence');
  }
});

t.test('bad input is one sentence, and the exit code 2', async (t) => {
  const url = 'ws://127.0.0.1:1/';
  const cases: readonly [string[], string | RegExp][] = [
    [[], /audit takes one URL|missing required argument/],
    [[url, url], /too many arguments/],
    [['ftp://x/'], 'the URL must be a URL such as wss://host:port/path, and is "ftp://x/"'],
    [['localhost:9001'], 'is "localhost:9001"; did you mean ws://localhost:9001?'],
    [['ws://x/#top'], 'has a fragment (#top), which no WebSocket URL may have (RFC 6455 §3); leave it out'],
    [[url, '--header', 'no colon'], '--header must be of the form "Name: value"'],
    [[url, '--header', 'X: a\r\nY: b'], /must not hold a line break/],
    [[url, '--bearer', 'x', '--basic', 'a:b'], /both the Authorization header/],
    [
      [url, '--origin', 'https://app.example/page'],
      'not "https://app.example/page"; did you mean https://app.example?',
    ],
    [[url, '--expect', '/(/'], /--expect is no regular expression/],
    [[url, '--as', 'alice'], '--as must be of the form name:Header=value'],
    [[url, '--via', 'ftp://x'], /--via must be http:\/\/, https:\/\/ or socks5:\/\//],
    [[url, '--ca', 'none.pem'], '--ca: there is no file none.pem'],
    [[url, '--cert', 'a.pem'], '--cert and --key go together'],
    [[url, '--resolve', 'other:1:127.0.0.1'], '--resolve is for other:1, and the URL names 127.0.0.1:1'],
    [[url, '--resolve', 'x'], /must be of the form host:port:address/],
    [[url, '--checks', 'framming'], 'did you mean framing?'],
    [[url, '--checks', 'fallback'], /--checks: no check of endpoints is called "fallback"/],
    [[url, '--concurrency', '3'], /--concurrency must be a whole number of at least 8/],
    [[url, '--baseline', 'none.json'], /none\.json/],
    [[url, '--report', 'pdf'], /there is no reporter "pdf"/],
    [
      ['wss://example.com/', '--crash', '--resolve', 'example.com:443:192.0.2.1'],
      '--crash may harm example.com, which is not on this machine; if you may do that to it, say so with --i-am-authorized',
    ],
  ];
  for (const [args, why] of cases) {
    const { code, stdout, stderr } = await audit(t, args);
    t.match({ code, stdout }, { code: 2, stdout: '' }, args.join(' '));
    t.match(stderr, why);
  }
});

t.test('what the user gives goes with every handshake, and stays out of the record', async (t) => {
  const seen: string[] = [];
  const server = createServer();
  const { WebSocketServer } = await import('ws');
  new WebSocketServer({ server, handleProtocols: () => 'v2' }).on('connection', (socket, request) => {
    seen.push(JSON.stringify(request.headers) + request.url);
    echoes(socket.on('error', () => {}));
  });
  const url = `ws://127.0.0.1:${await listening(t, server)}/feed?room=1`;
  const config = JSON.stringify({ audit: { subprotocol: ['v2'], origin: 'https://app.example' } });
  const secrets = ['--cookie', 'sid=s3cret', '--header', 'X-Api-Key: hush-hush'];
  const env = { WSGAUNTLET_AUDIT_BEARER: 'tok-en-tok-en-tok-en' };
  const { code, stdout, stderr, cwd } = await audit(
    t,
    [url, ...FEW, ...secrets],
    { 'wsgauntlet.config.json': config },
    env,
  );
  t.match({ code, stderr }, { code: 0, stderr: '' });
  for (const one of seen) {
    for (const part of [
      'sid=s3cret',
      'hush-hush',
      'Bearer tok-en-tok-en-tok-en',
      '"v2"',
      'https://app.example',
      '/feed?room=1',
    ])
      t.ok(one.includes(part), part);
  }
  const all =
    stdout +
    readdirSync(join(cwd, 'gauntlet-report')).map((name) =>
      readFileSync(join(cwd, 'gauntlet-report', name), 'utf8'),
    );
  for (const secret of ['s3cret', 'hush-hush', 'tok-en-tok'])
    t.notOk(all.includes(secret), `${secret} is not written`);
});

t.test('two URLs side by side, and what differs', async (t) => {
  const [one, other] = [await wsListening(t), await wsListening(t, { perMessageDeflate: true })];
  const { code, stdout, cwd } = await audit(t, [
    one,
    '--compare',
    other,
    '--checks',
    'opening/extension',
    '--checks',
    'opening/missing-key',
  ]);
  t.equal(code, 0);
  t.match(stdout, /1 check says something else at the other URL:\n {2}opening\/extension\n/);
  t.same(recordIn(cwd).audit!.compared, { url: other, differs: ['opening/extension'] });
  const same = await audit(t, [one, '--compare', one, ...FEW]);
  t.match(same.stdout, 'Both answer alike: no check says something else at the other URL.');
});

t.test('accepted findings do not fail it, and a baseline fails only for what is new', async (t) => {
  const url = await wsListening(t);
  const bad = ['--checks', 'handshake/two-hosts'];
  const plain = await audit(t, [url, ...bad]);
  t.equal(plain.code, 1);
  const before = readFileSync(join(plain.cwd, 'gauntlet-report/run.json'), 'utf8');
  const known = await audit(t, [url, ...bad, '--baseline', 'before.json'], { 'before.json': before });
  t.equal(known.code, 0, known.stderr);
  const accept = JSON.stringify([
    { check: 'handshake/two-hosts', reason: 'behind nginx', until: '2999-01-01' },
  ]);
  t.equal((await audit(t, [url, ...bad, '--accept', 'accept.json'], { 'accept.json': accept })).code, 0);
  const past = accept.replace('2999', '2020');
  const late = await audit(t, [url, ...bad, '--accept', 'accept.json'], { 'accept.json': past });
  t.match(late, { code: 1, stdout: /accepted until 2020-01-01, which is past: handshake\/two-hosts/ });
});

t.test('a signal ends it with what was found until then', async (t) => {
  let count = 0;
  const url = await wsListening(t, {}, (socket) => {
    echoes(socket);
    if (++count === 100) child.kill('SIGINT');
  });
  const cwd = t.testdir({});
  const bin = fileURLToPath(new URL('./bin.ts', import.meta.url));
  const argv = ['--import', import.meta.resolve('tsx'), bin, 'audit', url, '--patience', '60s', '-v'];
  const child = spawn(process.execPath, argv, {
    cwd,
    env: { ...process.env, CI: '1' },
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'exit')) as [number];
  t.equal(code, 130);
  const run = recordIn(cwd);
  t.equal(run.partial, true);
  t.ok(run.findings.length > 0);
});
