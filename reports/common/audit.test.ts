import t from 'tap';
import type { AuditRecord, Finding, Run } from '../../harness/model.js';
import { auditRun } from '../testing/audit.js';
import { auditVerdict, byKind, bySeverity, facts, trafficTold } from './audit.js';
import { verdict } from './summary.js';

const run = auditRun();
const audit = run.audit!;
const told = (findings: readonly Finding[], more: Partial<Run> = {}) =>
  auditVerdict({ ...run, findings, ...more }, audit);
const only = (...checks: string[]) => run.findings.filter(({ check }) => checks.includes(check));

t.test('the audit in a sentence', async (t) => {
  t.equal(
    told(only('origins/foreign', 'opening/version')),
    'ws://127.0.0.1:43121/chat: 1 of 2 checks fails (1 high).',
  );
  t.equal(told(only('opening/version')), 'ws://127.0.0.1:43121/chat: none of 1 check fails.');
  t.equal(
    told(only('opening/version', 'limits/handshakes')),
    'ws://127.0.0.1:43121/chat: none of 2 checks is known to fail, 1 could not be judged.',
  );
  t.equal(told(only('utf8/text')), 'ws://127.0.0.1:43121/chat: nothing could be tried, 1 skipped.');
  const places = { ...run.places, compare: { title: 'wss://x/', hops: [] } };
  t.match(told(only('opening/version'), { places }), /^ws:.*chat and 1 more: none/);
  t.match(verdict({ ...run, partial: true }), /judged\. The run was cut short/);
  t.equal(verdict({ ...run, findings: [] }), 'Nothing was tried.');
});

t.test('how bad it is, and what it means', async (t) => {
  const broken = only('origins/foreign', 'origins/null', 'framing/unmasked', 'opening/subprotocol');
  t.equal(bySeverity(run, broken), '1 high, 3 low');
  t.equal(byKind(run, broken), '1 vulnerability, 1 missing defence, 2 breaches of the standard');
  t.equal(byKind(run, []), '');
});

t.test('what it took', async (t) => {
  const sent = (connections: number, octetsSent: number) =>
    trafficTold({ ...audit, traffic: { connections, mostAtOnce: 1, octetsSent } });
  t.equal(sent(1, 10_239), '1 connection, at most 1 at once, 10239 octets sent');
  t.equal(sent(2, 10_240), '2 connections, at most 1 at once, 10.0 KiB sent');
  t.equal(sent(2, 5_000_000), '2 connections, at most 1 at once, 4.8 MiB sent');
});

t.test('a client is told as a client', async (t) => {
  const client: AuditRecord = { url: 'node client.mjs {url}', profile: 'safe', baseline: 'it comes' };
  t.same(facts(client), [
    ['client', 'node client.mjs {url}'],
    ['baseline', 'it comes'],
  ]);
  t.same(
    facts(audit).map(([name]) => name),
    ['endpoint', 'profile', 'baseline', 'identity', 'traffic'],
  );
  const compared = { url: 'ws://other/', differs: ['opening/version', 'tls/chain'] };
  t.same(
    facts({ ...audit, compared }).find(([name]) => name === 'compared'),
    ['compared', 'ws://other/, where 2 checks say something else: opening/version, tls/chain'],
  );
});
