import type { Check } from '../../harness/model.js';
import { fail, pass } from '../../harness/verdict.js';
import { chainAt } from './session.js';

export default {
  title: 'The certificate is for the host of the URL',
  requirement:
    'A client MUST verify the server’s identity by the subjectAltName of its certificate; a common name does not count.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-297',
  refs: ['RFC 9110 §4.3.4', 'RFC 9525 §6.3', 'RFC 6455 §4.1'],
  judges: 'endpoint',
  why: 'A client that takes a certificate for another name takes it from whoever has one.',
  remedy: 'Have the host’s name in the subjectAltName of the certificate.',
  async run(probe) {
    const found = await chainAt(probe);
    if ('not' in found) return found.not;
    const { session, leaf } = found;
    const { name = '' } = session;
    const blame = probe.suspect();
    const expected = `a certificate whose subjectAltName fits ${name}`;
    if (session.misnamed !== undefined) return fail(expected, session.misnamed, { blame });
    if (leaf.names.length === 0) {
      const actual = `${leaf.subject} without a subjectAltName: browsers do not take it`;
      return fail(expected, actual, { severity: 'medium', blame });
    }
    return pass(`for ${name}`);
  },
} satisfies Check;
