import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';
import t, { type Test } from 'tap';
import { createAuthority } from '../certificates.js';
import type { CertificateKind, Route } from '../model.js';
import { farEnd } from '../origins/far-end.js';
import { needingBinaries } from '../testing/needing.js';
import { connect } from './connect.js';
import { dial } from './dial.js';

const authority = await createAuthority();

async function listening(t: Test, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  return (server.address() as AddressInfo).port;
}

const tls = (t: Test, options: TlsOptions) =>
  listening(
    t,
    createServer({ ...authority.leaf(['far-end.test']), ...options }, (s) => s.on('error', () => {})),
  );

const failure = async (route: Route): Promise<string> => {
  await using made = await dial(route, { answerMs: 1000 });
  return `${made.handshake}: ${made.failure}`;
};

t.test('what is wrong with TLS is said in one sentence', async (t) => {
  const flaws: [CertificateKind, RegExp][] = [
    ['expired', /^refused: the certificate has expired$/],
    ['not-yet-valid', /^refused: the certificate is not yet valid$/],
    ['self-signed', /^refused: the certificate is self-signed and not trusted$/],
    ['untrusted', /^refused: the CA that signed the certificate is not trusted, or an intermediate/],
    ['wrong-name', /^refused: the certificate is not for far-end.test: it is for DNS:wrong-name.invalid$/],
  ];
  for (const [certificate, told] of flaws) {
    await using far = await farEnd(authority, { certificate });
    t.match(await failure(far.route), told);
    await using lax = await dial({ ...far.route, insecure: true });
    t.ok(lax.conforms, `${certificate} is taken where the user says so`);
    t.ok(certificate === 'wrong-name' ? lax.tls?.misnamed : lax.tls?.distrust);
  }
  const there = { ca: authority.ca, servername: 'far-end.test' };
  const plain = await listening(
    t,
    createTcp((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))),
  );
  t.match(
    await failure({ ...there, url: `wss://127.0.0.1:${plain}` }),
    /^refused: no TLS is spoken there: the answer is something else/,
  );
  const picky = await tls(t, { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' });
  t.match(
    await failure({ ...there, url: `wss://127.0.0.1:${picky}` }),
    /^refused: the far end refused the TLS handshake \(alert handshake failure\)/,
  );
  const strict = await tls(t, { requestCert: true, ca: authority.ca });
  t.match(
    await failure({ ...there, url: `wss://127.0.0.1:${strict}` }),
    /the far end refused the TLS handshake \(alert .*certificate/,
  );
  const rude = await listening(
    t,
    createTcp((socket) => socket.once('data', () => socket.resetAndDestroy())),
  );
  t.equal(
    await failure({ ...there, url: `wss://127.0.0.1:${rude}` }),
    'reset: the connection was broken off in the TLS handshake',
  );
});

t.test('what is wrong below is said as plainly', async (t) => {
  t.match(
    await failure({ url: 'ws://nobody.invalid' }),
    /there is no host called nobody.invalid|cannot be looked up/,
  );
  t.equal(
    await failure({ url: 'ws://127.0.0.1:1' }),
    'refused: nothing listens at 127.0.0.1:1 (ECONNREFUSED)',
  );
  t.equal(await failure({ url: 'wss://[::1]:1' }), 'refused: nothing listens at [::1]:1 (ECONNREFUSED)');
});

t.test('connected to another address, asked for and verified by the name of the URL', async (t) => {
  await using far = await farEnd(authority, { certificate: 'good' });
  const { port } = new URL(far.route.url);
  const route = {
    url: 'wss://far-end.test',
    ca: authority.ca,
    at: { host: '127.0.0.1', port: Number(port) },
  };
  await using made = await dial(route);
  t.ok(made.conforms, made.failure ?? 'accepted');
  t.match(far.sightings[0], { servername: 'far-end.test', head: /\r\nHost: far-end\.test\r\n/ });
  t.match(await failure({ ...route, url: 'wss://other.test' }), /the certificate is not for other\.test/);
  await using odd = await dial({ ...route, url: 'wss://far-end.test:8443' });
  t.match(odd.sent, /\r\nHost: far-end\.test:8443\r\n/);
  await using clear = await farEnd(authority);
  const at = { host: '127.0.0.1', port: Number(new URL(clear.route.url).port) };
  await using plain = await dial({ url: 'ws://far-end.test:80', at });
  t.match(plain.sent, /\r\nHost: far-end\.test\r\n/, 'as browsers do');
});

t.test('what a session tells', async (t) => {
  await using far = await farEnd(authority, { certificate: 'good' });
  await using made = await dial(far.route);
  t.match(made.tls, {
    cipher: 'TLS_AES_256_GCM_SHA384',
    name: 'far-end.test',
    resumed: false,
    chain: [
      {
        subject: 'CN=far-end.test',
        names: ['DNS:far-end.test', 'IP Address:127.0.0.1'],
        key: { type: 'rsa', bits: 2048 },
        signature: 'RSA with SHA-256',
        selfSigned: false,
      },
      { subject: 'CN=wsgauntlet lab CA', selfSigned: true },
    ],
  });
  t.ok(made.tls!.chain![0]!.to > Date.now() && made.tls!.chain![0]!.from < Date.now());
  t.notOk(made.tls!.distrust ?? made.tls!.misnamed);
  for (const servername of ['other.test', false] as const) {
    await using asked = await dial(far.route, { tls: { servername } });
    t.ok(asked.conforms, 'verified by its own name');
    t.equal(far.sightings.at(-1)?.servername, servername || undefined);
  }
});

t.test('a session goes on, and is negotiated anew', async (t) => {
  const port = await tls(t, { maxVersion: 'TLSv1.2' });
  const route = { url: `wss://127.0.0.1:${port}`, ca: authority.ca, servername: 'far-end.test' };
  const first = await connect(route, { withinMs: 1000 });
  t.ok(first.tls?.ticket);
  const again = await connect(route, { withinMs: 1000, tls: { session: first.tls!.ticket! } });
  t.equal(again.tls?.resumed, true);
  first.raw.destroy();
  again.raw.destroy();
});

t.test('what cannot be used is said', async (t) => {
  await using far = await farEnd(authority, { certificate: 'good' });
  const { cert } = authority.leaf(['client.test']);
  t.match(
    await failure({ ...far.route, cert, key: 'no key' }),
    /^refused: the certificate, the key or the CA of the client/,
  );
  t.equal(await failure({ ...far.route, proxy: 'pr oxy' }), 'refused: the URL of the proxy is none');
});

const needs = await needingBinaries('openssl');

t.test('openssl s_server that wants a certificate', needs, async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'wsgauntlet-test-'));
  t.teardown(() => rm(dir, { recursive: true, force: true }));
  const far = authority.leaf(['far-end.test']);
  await writeFile(join(dir, 'cert.pem'), far.cert);
  await writeFile(join(dir, 'key.pem'), far.key);
  await writeFile(join(dir, 'ca.pem'), authority.ca);
  const files = ['-cert', 'cert.pem', '-key', 'key.pem', '-CAfile', 'ca.pem'];
  const wants = ['-Verify', '2', '-verify_return_error', '-purpose', 'any'];
  const argv = ['s_server', '-accept', '127.0.0.1:0', ...files, ...wants, '-www'];
  const child = spawn('openssl', argv, { cwd: dir, stdio: ['ignore', 'pipe', 'ignore'] });
  t.teardown(() => child.kill());
  let said = '';
  while (!/^ACCEPT .*:\d+$/m.test(said)) said += String((await once(child.stdout, 'data'))[0]);
  const port = /^ACCEPT .*:(\d+)$/m.exec(said)![1];
  const route = { url: `wss://127.0.0.1:${port}`, ca: authority.ca, servername: 'far-end.test' };
  t.match(await failure(route), /alert certificate required\): it wants a certificate of the client/);
  await using made = await dial({ ...route, ...authority.leaf(['client.test']) });
  t.equal(made.answer?.status, 200, made.failure ?? 'accepted');
});
