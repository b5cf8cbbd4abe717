import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import t from 'tap';
import type { Evidence } from '../../../harness/model.js';
import { app } from '../../testing/app.js';
import { wire } from '../../testing/sample-wire.js';

interface Asked {
  head: string;
  address?: string;
  target?: string;
  servername?: string;
  tls: boolean;
  tunnel: boolean;
}
const { askedOf, curl } = await app<{
  askedOf(ordered: Evidence[]): Asked | undefined;
  curl(asked: Asked): string;
}>('curl');
const { piped } = await app<{ piped(asked: Asked): string }>('bytes');

const plain = { tls: false, tunnel: false };
const head = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`;

/** What a shell makes of the command. */
const words = (command: string) =>
  execFileSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; }; ${command}`], { encoding: 'latin1' })
    .split('\0')
    .slice(0, -1);

const entry = (at: number, text: string, more: Partial<Evidence> = {}): Evidence => ({
  at,
  by: 'client',
  kind: 'sent',
  text,
  mark: 'request',
  bytes: Buffer.from(`${text}\r\n\r\n`).toString('base64'),
  ...more,
});

t.test('curl is told the same head, and nothing of its own', (t) => {
  const asked = askedOf(wire(0, undefined))!;
  t.match(asked, { address: '127.0.0.1:43121', tls: false, tunnel: false });
  t.same(words(curl(asked)), [
    '-isSNg',
    '--path-as-is',
    '--max-time',
    '5',
    '--http1.1',
    '--connect-to',
    '::127.0.0.1:43121',
    ...[
      'Host: gauntlet.test',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Version: 13',
      'User-Agent:',
      'Accept:',
    ].flatMap((line) => ['-H', line]),
    'http://gauntlet.test/echo?gauntlet=3f9a',
  ]);
  t.end();
});

t.test('how a request got there is read from what the client noted', (t) => {
  const connected = entry(1, 'TCP connected to ::1:8080', { kind: 'note', mark: 'connect' });
  const tls = entry(2, 'TLS established (TLSv1.3) for gauntlet.test, certificate issued by x', {
    kind: 'note',
    mark: 'tls',
  });
  t.match(askedOf([connected, tls, entry(3, 'GET / HTTP/1.1')]), {
    address: '[::1]:8080',
    servername: 'gauntlet.test',
    tls: true,
  });
  const tunnelled = askedOf([entry(1, 'CONNECT a:1'), entry(3, 'GET / HTTP/1.1')]);
  t.match(tunnelled, { tunnel: true, target: 'a:1', head: 'GET / HTTP/1.1\r\n\r\n' });
  for (const text of [
    'TCP connected to -e/bin/sh:80',
    'TCP connected to $(id):80',
    'TCP connected to a;b:80',
  ])
    t.notOk(askedOf([{ ...connected, text }, entry(3, 'GET / HTTP/1.1')])!.address, text);
  t.equal(askedOf([]), undefined);
  t.end();
});

t.test('TLS is asked for by its own name, whatever Host says', (t) => {
  const asked = { head: head('GET /a HTTP/1.1', 'Host: 127.0.0.1:9'), address: '127.0.0.1:443' };
  const command = curl({ ...asked, tls: true, tunnel: false, servername: 'gauntlet.test' });
  t.match(
    command,
    /-k --connect-to ::127\.0\.0\.1:443 .*-H 'Host: 127\.0\.0\.1:9' .*https:\/\/gauntlet\.test:443\/a$/,
  );
  const through = curl({ ...asked, tls: true, tunnel: true, target: '10.0.0.1:8443' });
  t.match(through, /--proxy http:\/\/127\.0\.0\.1:443 --proxytunnel --connect-to ::10\.0\.0\.1:8443/);
  t.end();
});

t.test('a shell obeys nothing of what a peer or a check put into the head', (t) => {
  const value = `'; touch x; '$(id)\`id\`"\\ %s %n \x00\x07\xff`;
  const hostile = head('GET / HTTP/1.1', 'Host: h', `X: ${value}`, 'Empty:');
  const command = curl({ head: hostile, ...plain });
  const given = words(command.replaceAll('\\x00', ''));
  t.same(given.slice(7, 11), ['-H', `X: ${value.replace('\x00', '')}`, '-H', 'Empty;']);
  t.notMatch(command, /[^\x20-\x7e]/, 'and it is one line that can be seen');
  const bytes = piped({ head: `-${hostile}`, ...plain });
  t.notMatch(bytes, /[^\x20-\x7e]/);
  for (const shell of ['bash', 'sh'])
    t.equal(
      execFileSync(shell, ['-c', bytes], { encoding: 'latin1' }),
      `-${hostile}`,
      `${shell} prints every octet`,
    );
  t.end();
});

t.test('octets go the way that the request went', (t) => {
  const asked = { head: 'x', address: '[::1]:80', ...plain };
  t.equal(piped(asked), "(printf 'x'; sleep 5) | nc ::1 80");
  t.equal(
    piped({ ...asked, tls: true, servername: 'a.test' }),
    "(printf 'x'; sleep 5) | openssl s_client -quiet -connect '[::1]:80' -servername a.test",
  );
  t.equal(
    piped({ ...asked, address: 'p:1', tunnel: true, target: 'a:2' }),
    "(printf 'CONNECT a:2 HTTP/1.1\\r\\nHost: a:2\\r\\n\\r\\n'; sleep 1; printf 'x'; sleep 5) | nc p 1",
  );
  t.match(
    piped({ ...asked, address: 'p:1', tls: true, tunnel: true, target: 'a:2' }),
    /-proxy p:1 -connect a:2$/,
  );
  t.end();
});

const noCurl = (() => {
  try {
    execFileSync('curl', ['--version']);
    return false;
  } catch {
    return 'there is no curl';
  }
})();

/** A server that answers every head with 200 and closes, a CONNECT with 200 alone; and the heads that came. */
async function hearing() {
  const heads: string[] = [];
  const server = createServer((socket) => {
    let seen = '';
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1');
      if (!seen.includes('\r\n\r\n')) return;
      heads.push(seen);
      if (seen.startsWith('CONNECT ')) socket.write('HTTP/1.1 200 OK\r\n\r\n');
      else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      seen = '';
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `127.0.0.1:${(server.address() as { port: number }).port}`;
  return { heads, address, [Symbol.dispose]: () => server.close() };
}

const lines = (text: string) => text.trimEnd().split('\r\n').sort();

t.test('curl itself sends that head', { skip: noCurl }, async (t) => {
  using server = await hearing();
  const { heads, address } = server;
  const fields = [
    'Host: gauntlet.test',
    'upgrade: WebSocket',
    'Connection: keep-alive, Upgrade',
    'X-Odd:',
    'X: \xe9 \'"',
  ];
  const told: Record<string, string> = {
    upgrade: head('GET /a/../b?x={1,2}[3] HTTP/1.1', ...fields),
    'HTTP/1.0': head('GET / HTTP/1.0', ...fields),
    'another method': head('POST /echo HTTP/1.1', ...fields, 'Content-Length: 0'),
    'no Host': head('GET / HTTP/1.0', 'X: 1'),
  };
  const send = (asked: Asked) => promisify(execFile)('bash', ['-c', curl(asked)]);
  for (const [name, text] of Object.entries(told)) {
    await send({ head: text, address, ...plain });
    t.same(lines(heads.at(-1)!), lines(text), name);
  }
  const absolute = head('GET http://gauntlet.test/a HTTP/1.1', ...fields);
  await send({ head: absolute, address, ...plain });
  t.equal(
    heads.at(-1)!.split('\r\n')[0],
    'GET http://gauntlet.test/a HTTP/1.1',
    'through a forward proxy by GET',
  );
  await send({ head: told.upgrade!, address, target: 'far.test:81', tls: false, tunnel: true });
  t.match(heads.at(-2), /^CONNECT far\.test:81 HTTP\/1\.1\r\n/, 'through a tunnel');
  t.same(lines(heads.at(-1)!), lines(told.upgrade!));
});
