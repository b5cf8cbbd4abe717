import type { CheckMeta, Evidence, Finding, Outcome, Run } from '../../harness/model.js';
import { checks } from './sample-checks.js';
import { places } from './sample-places.js';
import { serverPings, stripping, unmaskedPing, wire } from './sample-wire.js';

type Told = Partial<Omit<Finding, 'outcome'>> & { outcome: Outcome };

const known = (outcome: Outcome, because: string, told: Partial<Finding>): Told => ({
  ...told,
  outcome,
  expected: outcome,
  because,
});
const skipped = (why: string): Told => ({ outcome: 'skip', message: why });

/** What is not named passes. */
const told: Readonly<Record<string, Told>> = {
  'plain/nginx-stripping › opening/upgrade': known(
    'fail',
    'proxy_pass without Upgrade and Connection strips them',
    {
      expectedText: '101, and an echo each way',
      actualText: '404 from the origin: it saw no Upgrade header',
      blame: 'nginx',
      did: 'nginx dropped `Upgrade` and `Connection`; the origin saw HTTP/1.0 and answered 404.',
      measured: { handshake: 'refused', status: 404, stripped: 'Upgrade, Connection' },
      changes: stripping,
      remedy: {
        hop: 'nginx',
        title: 'forward `Upgrade` and `Connection` over HTTP/1.1',
        language: 'nginx',
        parts: [
          {
            where: '`location / { … }`, nginx.conf:7',
            lines: [
              'proxy_http_version 1.1;',
              'proxy_set_header Upgrade $http_upgrade;',
              'proxy_set_header Connection $connection_upgrade;',
            ],
          },
          {
            where: '`http { … }`',
            lines: ["map $http_upgrade $connection_upgrade { default upgrade; '' close; }"],
          },
        ],
        note: 'Requests that ask for no upgrade go on as before.',
      },
      proved: { held: true, text: 'with the remedy the handshake was accepted and both directions worked' },
    },
  ),
  'plain/nginx-stripping › opening/headers': known('warn', 'hop-by-hop headers are nginx’s to strip', {
    message: 'nginx stripped Upgrade and rewrote Host',
    blame: 'nginx',
    measured: { stripped: 'Upgrade', added: 'X-Forwarded-For', rewritten: 'Host' },
  }),
  ...Object.fromEntries(
    [
      'keepalive/idle-cut',
      'keepalive/client-ping',
      'masking/unmasked-text',
      'masking/unmasked-ping',
      'limits/65536-octets',
      'limits/close-codes',
    ].map((check) => [
      `plain/nginx-stripping › ${check}`,
      skipped('no WebSocket was had here: nginx answered 404 to the handshake'),
    ]),
  ),
  'plain/nginx › opening/headers': {
    outcome: 'warn',
    message: 'nginx added X-Forwarded-For and rewrote Host',
    blame: 'nginx',
    measured: { added: 'X-Forwarded-For', rewritten: 'Host' },
  },
  'plain/nginx › keepalive/idle-cut': {
    outcome: 'info',
    message: 'nginx cut a silent connection after 2.0 s',
    blame: 'nginx',
    measured: { idleMs: 2003, idleCutBy: 'nginx', clientSaw: 'fin', originSaw: 'fin' },
  },
  'plain/nginx › masking/unmasked-ping': {
    outcome: 'fail',
    differs: true,
    message: 'an unmasked ping was passed on and answered',
    expectedText: 'the connection fails with close code 1002',
    actualText: 'pong received, connection still open after 500 ms',
    blame: 'origin',
    measured: { unmasked: 'passed', rejectedBy: 'nobody' },
  },
  'chain/squid-nginx › opening/early-frames': {
    outcome: 'fail',
    differs: true,
    message: 'the frame sent with the request never reached the origin',
    expectedText: 'the frame sent with the request is echoed',
    actualText: 'nothing came back in 1000 ms; the origin saw the head and no frame',
    blame: 'squid or nginx',
    measured: { clientToOrigin: 'dropped', originToClient: 'delivered' },
  },
  'chain/squid-nginx › keepalive/server-ping': {
    outcome: 'warn',
    expected: 'fail',
    because: 'Squid counts nothing that the server sends',
    differs: true,
    message: 'server pings keep nginx alive, and squid cuts after 3.1 s all the same',
    expectedText: 'survives 6000 ms with a server ping each 1000 ms',
    actualText: 'cut after 3104 ms with RST towards the origin',
    blame: 'squid',
    measured: {
      idleMs: 3104,
      aliveMs: 3000,
      idleCutBy: 'squid',
      clientSaw: 'fin',
      originSaw: 'rst',
      'survives.server-ping': false,
    },
  },
  'tunnel/squid-connect › cross-protocol/denied-port': {
    outcome: 'pass',
    differs: true,
    expected: 'fail',
    because: 'Squid as shipped lets CONNECT through to any port on this list',
    message: 'CONNECT to port 25 was refused with 403',
    measured: { status: 403 },
  },
  'tls/nginx-terminating › wss/expired-certificate': {
    outcome: 'fail',
    differs: true,
    message: 'the client under test accepted a certificate that expired yesterday',
    expectedText: 'the client refuses: certificate has expired',
    actualText: 'connection open, 1 message exchanged',
    blame: 'client',
    measured: { handshake: 'accepted', issuer: 'wsgauntlet run CA' },
  },
  'tls/mockttp-inspecting › wss/issuer': known('fail', 'an inspecting hop signs with its own CA', {
    expectedText: 'issuer wsgauntlet run CA',
    actualText: 'issuer wsgauntlet inspection CA',
    blame: 'mockttp',
    measured: { issuer: 'wsgauntlet inspection CA' },
  }),
  'tls/mockttp-inspecting › limits/65536-octets': {
    outcome: 'error',
    differs: true,
    message: 'mockttp ended while the check ran: RangeError: Invalid WebSocket frame',
    blame: 'mockttp',
  },
  'toxic/black-hole › keepalive/dead-peer': {
    outcome: 'pass',
    message: 'given up after 1.5 s of silence',
    measured: { noticedMs: 1512, boundMs: 2000 },
    tries: 2,
  },
  'toxic/black-hole › fallback/carried-by': {
    outcome: 'info',
    message: 'long polling carried after the WebSocket and SSE went silent',
    measured: { transport: 'long-poll', switchMs: 4210, deliveryDelayMs: 38 },
  },
  'toxic/black-hole › masking/unmasked-text': skipped(
    'docker: no engine answers at /var/run/docker.sock; process: toxiproxy-server is not on PATH',
  ),
  'reverse/stand-in › opening/upgrade': known('fail', 'the stand-in strips hop-by-hop headers on purpose', {
    expectedText: '101, and an echo each way',
    actualText: '426 from the origin',
    blame: 'strict-proxy',
    measured: { handshake: 'refused', status: 426 },
  }),
};

/** Evidence of their own. */
const wires: Readonly<Record<string, (at: number, blame: string | undefined) => Evidence[]>> = {
  'plain/nginx › masking/unmasked-ping': unmaskedPing,
  'chain/squid-nginx › keepalive/server-ping': serverPings,
};

/** A run as a machine with nginx and Squid gives it: nine scenarios, every outcome. Always the same. */
export function sampleRun(): Run {
  let clock = 120;
  const findings = Object.keys(places).flatMap((scenario) =>
    Object.keys(checks)
      .filter((check) => belongs(scenario, check))
      .map((check): Finding => {
        const id = `${scenario} › ${check}`;
        const here: Told = told[id] ?? { outcome: 'pass' };
        clock += 37;
        const at = clock;
        return {
          id,
          check,
          scenario,
          expected: 'pass',
          differs: false,
          message: here.actualText ?? 'as it ought to be',
          evidence: here.outcome === 'skip' ? [] : (wires[id] ?? wire)(at, here.blame),
          startedAt: new Date(Date.parse('2025-03-04T05:06:07.000Z') + at).toISOString(),
          ms: check.startsWith('keepalive') ? 2100.25 : 18.5,
          ...here,
        };
      }),
  );
  return {
    version: 1,
    tool: { name: 'wsgauntlet', version: '0.1.0' },
    startedAt: '2025-03-04T05:06:07.000Z',
    durationMs: 21_412,
    environment: { os: 'linux 6.1 x64', node: '20.20.2', nginx: '1.22.1', squid: '5.7' },
    checks: checks as Readonly<Record<string, CheckMeta>>,
    places,
    findings,
  };
}

/** A run in which nothing was tried. */
export function emptyRun(): Run {
  return { ...sampleRun(), checks: {}, places: {}, findings: [] };
}

/** Not every claim can be made of every place. */
function belongs(scenario: string, check: string): boolean {
  if (check.startsWith('wss/')) return scenario.startsWith('tls/');
  if (check.startsWith('cross-protocol/')) return /^(tunnel|chain)\//.test(scenario);
  if (check.startsWith('fallback/') || check.endsWith('/dead-peer')) return /^(toxic|plain)\//.test(scenario);
  return true;
}
