import { readFile } from 'node:fs/promises';
import t from 'tap';
import type { Check, Outcome } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { type Control, tryAt } from '../../harness/testing/controls.js';
import { rawOrigin, wsOrigin } from '../../harness/testing/subjects.js';
import { signed } from './testing/certificates.js';
import { offerOf, serverHello } from './testing/feigned.js';
import { http2Origin } from './testing/http2-origin.js';
import { type SecureOptions, secureOrigin } from './testing/secure-origin.js';

type Case = readonly [check: string, told: RegExp, outcome: Outcome, control: Control];

const secure = (options: Omit<SecureOptions, 'title'>): Control => ({
  origin: secureOrigin({ title: 'subject', ...options }),
  patience: { answerMs: 400 },
});
/** Whom the user names, wherever it listens, and what else is to be so for them. */
const named = (control: Control, reach: { insecure?: boolean; ca?: undefined }): Control => ({
  ...control,
  named: (endpoint) => {
    const { ca, ...rest } = { ...endpoint.reach, ...reach };
    return { ...endpoint, reach: ca === undefined ? rest : { ...rest, ca } };
  },
});
const newest = secure({ tls: { minVersion: 'TLSv1.3' } });
const oldest = secure({ tls: { maxVersion: 'TLSv1.2' } });
const rc4 = (first: Buffer) => offerOf(first)?.suites.includes(5) && !offerOf(first)?.suites.includes(0xc02f);
let gone = false;

const cases: readonly Case[] = [
  ['ciphers-rc4', /^TLS 1\.3 alone is taken/, 'pass', newest],
  ['renegotiation-secure', /^TLS 1\.3 alone/, 'pass', newest],
  ['renegotiation-by-client', /^TLS 1\.3 alone/, 'pass', newest],
  ['renegotiation-by-client', /ended over it, after 3 that were taken$/, 'pass', oldest],
  ['dh-group', /^TLS 1\.3 alone/, 'pass', newest],
  ['ssl-3', /^TLS 1\.3 alone/, 'pass', newest],
  ['early-data', /^TLSv1\.2 has no early data$/, 'pass', oldest],
  ['resumption', /^resumed$/, 'pass', oldest],
  ['version-1-3', /^TLSv1\.2 at best$/, 'warn', oldest],
  [
    'ciphers-rc4',
    /^no answer to a ClientHello that offers RC4/,
    'warn',
    secure({ instead: (first) => (rc4(first) ? Buffer.alloc(0) : undefined) }),
  ],
  [
    'ciphers-rc4',
    /RC4 cipher suites: answered with something that is no TLS/,
    'warn',
    secure({ instead: (first) => (rc4(first) ? Buffer.from('HTTP/1.1 400 No\r\n\r\n') : undefined) }),
  ],
  [
    'ciphers-rc4',
    /refused: the connection was closed without an alert$/,
    'pass',
    secure({ instead: (first) => (rc4(first) ? 'close' : undefined) }),
  ],
  [
    'ciphers-rc4',
    /and now an ordinary one is met with: the connection was closed/,
    'warn',
    // It ends for good.
    secure({
      instead: (first) => {
        gone ||= rc4(first) === true;
        return gone ? 'close' : undefined;
      },
    }),
  ],
  [
    'ciphers-rc4',
    /not taken$/,
    'pass',
    // A suite that was not offered is not taken for one that was.
    secure({ instead: (first) => (rc4(first) ? serverHello({ suite: 0xc02f }) : undefined) }),
  ],
  [
    'ciphers-rc4',
    /^no baseline here: an ordinary ClientHello of TLS 1\.2 was met with: no answer$/,
    'skip',
    {
      origin: { ...rawOrigin({ title: 'silent' }, (socket) => void socket.resume()), tls: true },
      patience: { answerMs: 300 },
    },
  ],
  ['certificate-expiry', /, 4 days more$/, 'warn', secure({ tls: signed({ days: [-80, 5] }) })],
  ['certificate-expiry', /^valid until/, 'pass', secure({ tls: signed({ days: [-1, 5] }) })],
  [
    'certificate-expiry',
    /is valid from .* only$/,
    'fail',
    { origin: echo({ certificate: 'not-yet-valid' }) },
  ],
  [
    'certificate-name',
    /without a subjectAltName: browsers/,
    'fail',
    { origin: echo({ certificate: 'cn-only' }) },
  ],
  ['certificate-lifetime', /^made for 731 days$/, 'pass', secure({ tls: signed({ days: [-1, 730] }) })],
  ['chain', /^a certificate is out of its time/, 'skip', { origin: echo({ certificate: 'expired' }) }],
  ['chain', /^the certificate is self-signed/, 'fail', { origin: echo({ certificate: 'self-signed' }) }],
  [
    'chain',
    /^the CA that signed the certificate is not trusted/,
    'fail',
    named({ origin: echo({ tls: true }) }, { ca: undefined, insecure: true }),
  ],
  ['certificate-name', /^for gauntlet\.test$/, 'pass', { origin: echo({ certificate: 'untrusted' }) }],
  [
    'authenticated-encryption',
    /^ECDHE-RSA-AES128-SHA is preferred over TLS_ECDHE/,
    'warn',
    secure({
      tls: {
        maxVersion: 'TLSv1.2',
        ciphers: 'ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256',
        honorCipherOrder: true,
      },
    }),
  ],
  [
    'http2-connect',
    /^HTTP\/2 without WebSocket over it/,
    'info',
    { origin: http2Origin('h2', { announce: false, status: 200 }) },
  ],
  ['http2-connect', /^no HTTP\/2 is spoken here/, 'skip', secure({})],
  ['http2-connect', /^404$/, 'fail', { origin: http2Origin('h2', { announce: true, status: 404 }) }],
  ['early-data', /^its sessions allow no early data$/, 'pass', secure({})],
  ['resumption', /^the session was not resumed$/, 'info', { origin: echo({ tls: true }) }],
  [
    'name-absent',
    /^turned away: refused \(the far end refused/,
    'pass',
    secure({
      tls: async ({ cert, key }) => ({
        cert: await readFile(cert),
        key: await readFile(key),
        ALPNCallback: ({ servername }) => (servername ? 'http/1.1' : undefined),
      }),
    }),
  ],
  [
    'hsts',
    /^for 1 days only$/,
    'warn',
    secure({
      page: (_, response) => response.writeHead(200, { 'Strict-Transport-Security': 'max-age=86400' }).end(),
    }),
  ],
  ['hsts', /^a request without an upgrade was not answered/, 'skip', secure({ page: () => {} })],
  [
    'hsts',
    /^there is no name to ask for/,
    'skip',
    {
      ...secure({}),
      named: ({ reach: { servername: _, ...reach }, ...endpoint }) => ({ ...endpoint, reach }),
    },
  ],
  [
    'page-urls',
    /^there is no page at/,
    'skip',
    secure({ page: (_, response) => response.writeHead(404).end() }),
  ],
  [
    'page-urls',
    /^none in the page/,
    'pass',
    secure({
      page: (_, response) =>
        response
          .writeHead(200, { 'Content-Type': 'text/html' })
          // A scheme that is chosen, a developer's own machine, and what is no URL.
          .end('<script>(s ? "wss://" : "ws://") + location.host; "ws://localhost:8080/"</script>'),
    }),
  ],
  [
    'in-clear',
    /^messages travel in clear$/,
    'warn',
    {
      origin: echo(),
      named: (endpoint) => ({ ...endpoint, url: endpoint.url.replace('127.0.0.1', 'feed.example') }),
    },
  ],
  [
    'in-clear',
    /^a token among the subprotocols and a token in the query sent by ws$/,
    'fail',
    {
      origin: echo(),
      target: { path: '/echo?access_token=s3cr3t', subprotocols: ['bearer', 'abcdefgh12345678'] },
      named: (endpoint) => ({ ...endpoint, url: endpoint.url.replace('127.0.0.1', 'feed.example') }),
    },
  ],
  ['in-clear', /^the connection does not leave this machine/, 'skip', { origin: echo() }],
];

for (const [id, told, outcome, control] of cases) {
  t.test(`${id}: ${outcome} ${told.source}`, async (t) => {
    const { default: check } = (await import(`./${id}.check.js`)) as { default: Check };
    const found = await tryAt(check, control);
    t.match(found.message, told);
    t.equal(found.outcome, outcome, found.message);
  });
}

t.test('in clear there is nothing to judge', async (t) => {
  for (const id of ['ciphers-rc4', 'chain', 'alpn-absent', 'name-unknown', 'resumption', 'http2-connect']) {
    const { default: check } = (await import(`./${id}.check.js`)) as { default: Check };
    t.match(await tryAt(check, { origin: wsOrigin({ title: 'ws' }) }), {
      outcome: 'skip',
      message: /^no TLS here/,
    });
  }
});
