import type { Probe, Verdict } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, info } from '../../harness/verdict.js';
import { mustEnd } from '../judging/violation.js';
import { wordFor } from '../judging/word.js';

/** Tells what becomes of a length that is not in its shortest form: to object is right, and to take it does no harm. */
export async function longForm(probe: Probe, length: 16 | 64): Promise<Verdict> {
  const payload = wordFor(probe);
  const text = (form?: 16 | 64) =>
    frame({ opcode: 'text', payload, mask: true, ...(form && { length: form }) });
  const name = `a short frame whose length takes ${length} bits`;
  const verdict = await mustEnd(probe, { name, send: [text(length)], legal: [text()], codes: [1002] });
  if (verdict.outcome !== 'fail') return verdict;
  if (verdict.message.includes('in silence')) return fail(verdict.expected ?? '', verdict.message);
  return info(`${name} is taken`);
}

/** What these checks have in common. */
export const common = {
  requirement: 'In all cases, the minimal number of bytes MUST be used to encode the length.',
  severity: 'info',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §5.2'],
  judges: 'endpoint',
  why: 'Filters that look for octets at fixed places are led past by a longer header. Most servers take it, and the standard does not say that they may not.',
  remedy: 'Close with 1002 over a length that a shorter form would have held, where you want to be strict.',
} as const;
