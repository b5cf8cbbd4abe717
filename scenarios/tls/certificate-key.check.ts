import type { Check, ShownCertificate } from '../../harness/model.js';
import { fail, info, pass } from '../../harness/verdict.js';
import { chainAt, titleOf } from './session.js';

export default {
  title: 'The keys of the certificates are long enough',
  requirement:
    'Certificates have keys of at least 112 bits of security: RSA with 2048 bits, elliptic curves with 256.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-326',
  refs: ['RFC 9325 §4.5', 'NIST SP 800-57 part 1 §5.6.1'],
  judges: 'endpoint',
  why: 'Who works the key out answers as the server, and nobody can tell.',
  remedy: 'Make a new key (EC P-256, or RSA of 2048 bits and more), and have it signed.',
  async run(probe) {
    const found = await chainAt(probe);
    if ('not' in found) return found.not;
    const { leaf, chain } = found;
    const unknown = chain.find(({ key }) => strengthOf(key) === undefined);
    const weakest = chain.reduce((a, b) => ((strengthOf(b.key) ?? 999) < (strengthOf(a.key) ?? 999) ? b : a));
    const strength = strengthOf(weakest.key) ?? 999;
    const told = (one: ShownCertificate) => `${titleOf(one, leaf)}: ${keyTold(one.key)}`;
    const measured = { key: keyTold(leaf.key) };
    if (strength < 112) {
      const severity = strength <= 80 ? 'high' : 'medium';
      return fail('112 bits of security', told(weakest), { measured, severity, blame: probe.suspect() });
    }
    if (unknown) return info(`a key of a kind that is not judged here: ${told(unknown)}`, measured);
    return pass(keyTold(leaf.key), { measured });
  },
} satisfies Check;

const keyTold = ({ type, bits, curve }: ShownCertificate['key']): string =>
  `${type.toUpperCase()} ${bits !== undefined ? `${bits} bits` : (curve ?? '')}`.trimEnd();

/** Bits of security, by NIST SP 800-57 part 1, table 2. */
function strengthOf({ type, bits = 0, curve = '' }: ShownCertificate['key']): number | undefined {
  if (/^(?:rsa|rsa-pss|dsa)$/.test(type)) return bits >= 2048 ? 112 : bits >= 1025 ? 96 : 80;
  if (/^ed/.test(type)) return 128;
  if (type !== 'ec') return undefined;
  const size = Number(/\d{3}/.exec(curve)?.[0] ?? 0);
  return size === 0 ? undefined : Math.floor(size / 2);
}
