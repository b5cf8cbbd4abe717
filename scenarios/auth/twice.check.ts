import type { Check, DialOptions, Probe } from '../../harness/model.js';
import { altered } from '../judging/altered.js';
import { credentialsOf } from '../judging/credentials.js';
import { mustStayOut } from './guarded.js';
import { strangersOf } from './users.js';

export default {
  title: 'Credentials that are given twice, and differ, are refused',
  requirement:
    'A sender MUST NOT generate multiple field lines with the same name in a message unless that field’s definition allows it.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-436',
  refs: ['RFC 9110 §5.3', 'RFC 6750 §2'],
  judges: 'endpoint',
  why: 'A proxy may judge one of the two and the server behind it the other; a log then names another user than the one who is served.',
  remedy: 'Refuse a request with more than one Authorization.',
  fixes: { haproxy: 'http-request deny deny_status 400 if { req.fhdr_cnt(Authorization) gt 1 }' },
  async run(probe) {
    const right = credentialsOf(probe.target, probe.route).find(
      (one) => one.in === 'header' && !/^cookie$/i.test(one.name),
    );
    if (!right) return mustStayOut(probe, 'no credentials are given that go in a header other than Cookie');
    const { name, value } = right;
    const both = (first: string, second: string): DialOptions => ({
      change: { [name]: undefined },
      head: (usual) => usual.replace(/\r\n\r\n$/, `\r\n${name}: ${first}\r\n${name}: ${second}\r\n\r\n`),
    });
    // Of a password, another user’s: wrong ones of a real user may lock it.
    const wrong = strangerOf(probe) ?? altered(right);
    return mustStayOut(
      probe,
      [
        { name: `the right ${name} and a wrong one`, options: both(value, wrong) },
        { name: `a wrong ${name} and the right one`, options: both(wrong, value) },
      ],
      'warn',
    );
  },
} satisfies Check;

const strangerOf = (probe: Probe): string | undefined =>
  Object.values(strangersOf(probe)?.unknown.change ?? {})[0];
