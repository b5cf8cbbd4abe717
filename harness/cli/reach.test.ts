import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import { refuseUnreachable } from './reach.js';
import { ran } from './testing/io.js';

const never = new AbortController().signal;

t.test('a server that is there', async (t) => {
  const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
  t.teardown(() => server.close());
  await once(server, 'listening');
  await t.resolves(refuseUnreachable(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/x`, never));
});

t.test('called off: nothing is said', async (t) => {
  const signal = AbortSignal.abort(new Error('stopped'));
  await t.resolves(refuseUnreachable('ws://127.0.0.1:9/', signal));
});

t.test('one that is not there is told once, before anything is run: 3', async (t) => {
  const cwd = t.testdir({});
  const cases: [string, RegExp][] = [
    [
      'ws://127.0.0.1:9/chat',
      /^wsgauntlet: --origin: nothing listens at 127\.0\.0\.1:9 \(connection refused\); start the server, or name another port\n$/,
    ],
    ['ws://[::1]:9', /^wsgauntlet: --origin: (?:nothing listens at ::1:9|::1:9 cannot be reached)/],
    // RFC 6761 §6.4: no resolver knows it.
    ['wss://nosuch.invalid/feed', /^wsgauntlet: --origin: the name "nosuch\.invalid" cannot be resolved/],
  ];
  for (const [origin, sentence] of cases) {
    const said = await ran(['run', '--origin', origin, '--checks', 'opening'], { cwd });
    t.match(said, { code: 3, stdout: '', stderr: sentence }, origin);
  }
  t.notOk(existsSync(join(cwd, 'gauntlet-report')), 'there is nothing to report');
});
