import type { Check } from '../../harness/model.js';
import { fail, pass, warn } from '../../harness/verdict.js';
import { greet, onlyNewest, ungreeted } from './greet.js';
import { FINITE_FIELD, numbersOf } from './suites.js';

export default {
  title: 'Key exchange in a finite field uses at least 2048 bits',
  requirement:
    'Clients and servers MUST use finite-field groups of 2048 bits or more, where they use such groups at all.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-326',
  refs: ['RFC 9325 §4.5', 'RFC 7919 §3', 'CVE-2015-4000'],
  judges: 'endpoint',
  why: 'Groups of 1024 bits are within reach of states, and shared by many servers: the work is done once for all of them (Logjam).',
  remedy: 'Leave DHE suites out, or make parameters of 2048 bits and more.',
  fixes: {
    nginx: 'leave ssl_dhparam out, or: ssl_dhparam dhparam.pem; of openssl dhparam -out dhparam.pem 2048',
    haproxy: 'tune.ssl.default-dh-param 2048',
    ws: "https.createServer({ cert, key, dhparam: 'auto' }), and new WebSocketServer({ server })",
  },
  async run(probe) {
    const not = await ungreeted(probe);
    if (not) return not;
    if (await onlyNewest(probe)) return pass('TLS 1.3 alone is taken, whose groups have 2048 bits and more');
    const met = await greet(
      probe,
      { suites: numbersOf(FINITE_FIELD) },
      ({ dhBits, done }) => dhBits !== undefined || done,
    );
    const { dhBits } = met;
    if (met.outcome === 'hello' && dhBits !== undefined) {
      const measured = { dhBits };
      if (dhBits >= 2048) return pass(`a group of ${dhBits} bits`, { measured });
      const severity = dhBits < 1024 ? 'high' : 'medium';
      return fail('2048 bits or more', `a group of ${dhBits} bits`, {
        measured,
        severity,
        blame: probe.suspect(),
      });
    }
    if (met.outcome === 'hello')
      return warn('a suite with DHE was taken, and no key exchange followed', { severity: 'info' });
    if (met.outcome === 'silent')
      return warn('no answer to a ClientHello that offers DHE alone, and no end', { severity: 'info' });
    return pass(`no key exchange in a finite field: ${met.told}`);
  },
} satisfies Check;
