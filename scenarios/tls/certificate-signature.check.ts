import type { Check } from '../../harness/model.js';
import { fail, pass } from '../../harness/verdict.js';
import { chainAt, titleOf } from './session.js';

export default {
  title: 'The certificates are signed with SHA-2 or better',
  requirement:
    'Certificates MUST NOT be signed with MD5, and not with SHA-1 either, but for the root that signs itself.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-328',
  refs: ['RFC 9325 §4.5', 'RFC 9155'],
  judges: 'endpoint',
  why: 'Who finds a collision has a second certificate under the same signature. For MD5 that was done, for a CA; for SHA-1 the price falls.',
  remedy: 'Have the certificates signed anew, with SHA-256.',
  async run(probe) {
    const found = await chainAt(probe);
    if ('not' in found) return found.not;
    const { leaf, chain } = found;
    const measured = { signature: leaf.signature };
    const weak = chain.find(({ signature, selfSigned }) => !selfSigned && /MD[25]|SHA-1\b/.test(signature));
    if (!weak) return pass(leaf.signature, { measured });
    const severity = weak === leaf && /MD/.test(weak.signature) ? 'high' : 'medium';
    const extras = { measured, severity, blame: probe.suspect() } as const;
    return fail('signed with SHA-2', `${titleOf(weak, leaf)}: ${weak.signature}`, extras);
  },
} satisfies Check;
