import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import t from 'tap';
import { createAuthority } from './certificates.js';
import type { CertificateKind } from './model.js';

const authority = await createAuthority();
const names = ['gauntlet.test', '127.0.0.1', '::1'];

/** What a Node client that trusts the CA says of the leaf: `ok` or the error's code. */
async function asked(kind: CertificateKind, servername = 'gauntlet.test'): Promise<string> {
  const server = tls.createServer(
    { ...authority.leaf(names, kind), ciphers: 'DEFAULT@SECLEVEL=0' },
    (peer) => {
      peer.on('error', () => {});
      peer.end();
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = tls.connect({ host: '127.0.0.1', port, servername, ca: authority.ca });
  try {
    return await new Promise((resolve) => {
      client.once('secureConnect', () => resolve('ok'));
      client.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  } finally {
    client.destroy();
    server.close();
  }
}

function openssl(...args: string[]): string {
  try {
    return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
}

t.test('a client that trusts the CA accepts the good leaf and refuses the bad ones', async (t) => {
  t.equal(await asked('good'), 'ok');
  t.equal(await asked('expired'), 'CERT_HAS_EXPIRED');
  t.equal(await asked('not-yet-valid'), 'CERT_NOT_YET_VALID');
  t.equal(await asked('wrong-name'), 'ERR_TLS_CERT_ALTNAME_INVALID');
  t.equal(await asked('self-signed'), 'DEPTH_ZERO_SELF_SIGNED_CERT');
  t.equal(await asked('untrusted'), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  t.equal(await asked('good', 'elsewhere.test'), 'ERR_TLS_CERT_ALTNAME_INVALID');
});

t.test('openssl in strict mode agrees, and weighs what Node lets pass', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'wsgauntlet-certificates-'));
  t.teardown(() => rmSync(dir, { recursive: true }));
  const ca = join(dir, 'ca.pem');
  writeFileSync(ca, authority.ca);
  const verify = (kind: CertificateKind, ...more: string[]) => {
    const file = join(dir, `${kind}.pem`);
    writeFileSync(file, authority.leaf(names, kind).cert);
    return openssl('verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', ca, ...more, file);
  };
  t.match(verify('good', '-auth_level', '2', '-verify_hostname', 'gauntlet.test'), /: OK/);
  t.match(verify('good', '-verify_ip', '127.0.0.1'), /: OK/);
  t.match(verify('good', '-verify_ip', '::1'), /: OK/);
  t.match(verify('wrong-name', '-verify_hostname', 'gauntlet.test'), /[Hh]ostname mismatch/);
  t.match(verify('expired'), /certificate has expired/);
  t.match(verify('not-yet-valid'), /not yet valid/);
  t.match(verify('self-signed'), /self[- ]signed certificate/);
  t.match(verify('untrusted'), /unable to get local issuer certificate/);
  t.match(verify('weak-key', '-auth_level', '2'), /key too (weak|small)/);
  t.match(verify('wrong-usage'), /(unsuitable|unsupported) certificate purpose/);
});

t.test('each kind differs from the good one in the one thing it is named for', async (t) => {
  const look = (kind: CertificateKind) => new X509Certificate(authority.leaf(names, kind).cert);
  t.equal(look('good').subjectAltName, 'DNS:gauntlet.test, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  t.equal(look('good').subject, 'CN=gauntlet.test');
  t.equal(look('good').issuer, 'CN=wsgauntlet lab CA');
  t.equal(look('wrong-name').subjectAltName, 'DNS:wrong-name.invalid');
  t.equal(look('cn-only').subjectAltName, undefined);
  t.equal(look('cn-only').subject, 'CN=gauntlet.test');
  t.equal(look('self-signed').issuer, 'CN=gauntlet.test');
  t.equal(look('untrusted').issuer, 'CN=wsgauntlet stranger CA');
  t.equal(look('weak-key').publicKey.asymmetricKeyDetails?.modulusLength, 1024);
  t.equal(look('good').publicKey.asymmetricKeyDetails?.modulusLength, 2048);
  for (const kind of ['good', 'weak-key', 'self-signed'] as const) {
    t.equal(look(kind).checkPrivateKey(createPrivateKey(authority.leaf(names, kind).key)), true);
  }
});

t.test('a leaf is made once; two authorities share nothing', async (t) => {
  t.equal(authority.leaf(names), authority.leaf([...names], 'good'));
  t.not(authority.leaf(['other.test']).cert, authority.leaf(names).cert);
  const other = await createAuthority();
  t.not(other.caKey, authority.caKey);
  t.equal(
    new X509Certificate(authority.leaf(names).cert).verify(new X509Certificate(other.ca).publicKey),
    false,
  );
});

t.test('the CA is a CA, and its key fits it', async (t) => {
  const ca = new X509Certificate(authority.ca);
  t.equal(ca.ca, true);
  t.equal(ca.subject, 'CN=wsgauntlet lab CA');
  t.equal(ca.checkPrivateKey(createPrivateKey(authority.caKey)), true);
});
