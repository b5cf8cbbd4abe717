import type { Evidence, Finding, Outcome, Run } from '../../harness/model.js';
import { auditChecks } from './audit-checks.js';
import { frameEntry, wire } from './sample-wire.js';

type Told = Partial<Omit<Finding, 'outcome'>> & { outcome: Outcome };

const told: Readonly<Record<string, Told>> = {
  'opening/subprotocol': {
    outcome: 'warn',
    message: 'chat.v2 was chosen, and nobody had offered it',
    expectedText: 'a 101 without Sec-WebSocket-Protocol',
    actualText: 'Sec-WebSocket-Protocol: chat.v2',
  },
  'origins/foreign': {
    outcome: 'fail',
    differs: true,
    message: 'accepted: 101, and an echo came back',
    expectedText: 'a refusal, since https://evil.example is foreign',
    actualText: 'accepted: 101, and an echo came back',
    measured: { handshake: 'accepted', status: 101 },
  },
  'origins/null': {
    outcome: 'warn',
    severity: 'low',
    message: 'Origin: null was accepted, as a request without Origin is',
  },
  'framing/unmasked': {
    outcome: 'fail',
    differs: true,
    severity: 'low',
    message: 'it was answered',
    expectedText: 'the connection fails with close code 1002',
    actualText: 'it was answered',
  },
  'limits/ceiling': {
    outcome: 'fail',
    expected: 'fail',
    because: 'only the VPN reaches it',
    accepted: { until: '2027-03-31' },
    message: 'a message of 2^40 octets was announced, and taken',
    expectedText: '1009 once more is announced than it takes',
    actualText: 'a message of 2^40 octets was announced, and taken',
  },
  'limits/handshakes': { outcome: 'error', differs: true, message: 'it used more than its 8 connections' },
  'tls/versions': { outcome: 'skip', message: 'there is no TLS at ws://' },
  'tls/resumption': { outcome: 'skip', message: 'there is no TLS at ws://' },
  'utf8/text': { outcome: 'skip', message: 'the endpoint does not echo, and so cannot be asked' },
};

/** An audit of one endpoint: every outcome, every kind, one finding accepted. Always the same. */
export function auditRun(): Run {
  const findings = Object.keys(auditChecks).map((check, i): Finding => {
    const here: Told = told[check] ?? { outcome: 'pass' };
    const at = 100 + i * 11;
    return {
      id: `audit › ${check}`,
      check,
      scenario: 'audit',
      expected: 'pass',
      differs: false,
      message: 'as it ought to be',
      evidence: here.outcome === 'skip' ? [] : evidenceOf(check, at),
      startedAt: new Date(Date.parse('2026-03-04T05:06:07.000Z') + at).toISOString(),
      ms: 12.5,
      ...here,
    };
  });
  return {
    version: 1,
    tool: { name: 'wsgauntlet', version: '0.1.0' },
    startedAt: '2026-03-04T05:06:07.000Z',
    durationMs: 3210,
    environment: { os: 'linux 6.1 x64', node: '20.20.2' },
    checks: auditChecks,
    places: {
      audit: {
        title: 'ws://127.0.0.1:43121/chat',
        hops: [
          { role: 'client', name: 'client' },
          { role: 'origin', name: 'origin' },
        ],
      },
    },
    findings,
    audit: {
      url: 'ws://127.0.0.1:43121/chat',
      profile: 'intrusive',
      authorized: true,
      traffic: { connections: 311, mostAtOnce: 48, octetsSent: 48_200 },
      baseline: 'A well-meaning client is let in, and gets an echo after 3 ms.',
      identity: 'Server: demo/1.0',
    },
  };
}

function evidenceOf(check: string, at: number): Evidence[] {
  const open = wire(at, undefined).slice(0, -1);
  if (check !== 'framing/unmasked') return open;
  return [...open, ...['sent', 'received'].map((kind, i) => ping(at + 5 + i, kind as 'sent' | 'received'))];
}

const ping = (at: number, kind: 'sent' | 'received'): Evidence =>
  frameEntry(at, 'client', kind, kind === 'sent' ? 9 : 10, 'p\u0007', false);

/** As many checks as a whole audit has, over and over the same. */
export function largeAudit(times: number): Run {
  const run = auditRun();
  const again = (id: string, i: number) => (i === 0 ? id : `${id}-${i}`);
  const all = <T>(make: (i: number) => T): T[] => Array.from({ length: times }, (_, i) => make(i));
  return {
    ...run,
    checks: Object.fromEntries(
      all((i) => Object.entries(run.checks).map(([id, check]) => [again(id, i), check] as const)).flat(),
    ),
    findings: all((i) =>
      run.findings.map((each) => ({ ...each, id: again(each.id, i), check: again(each.check, i) })),
    ).flat(),
  };
}
