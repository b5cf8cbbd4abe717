import type { Check, Probe } from '../../harness/model.js';
import { mustAnswer, type Oddity } from './answered.js';

const SIZES = [2048, 8000, 16_000];

const ofSize = (probe: Probe, octets: number): Oddity => {
  const { path } = probe.target;
  const more = `${path}${path.includes('?') ? '&' : '?'}pad=`;
  return {
    name: `a target of ${octets} octets`,
    options: { path: more + 'a'.repeat(Math.max(0, octets - more.length)) },
  };
};

export default {
  title: 'A long request target is taken or refused, and hurts nobody',
  requirement:
    'A server that receives a request-target longer than any URI it wishes to parse MUST respond with a 414 (URI Too Long) status code.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-400',
  refs: ['RFC 9112 §3', 'RFC 6455 §10.4'],
  judges: 'endpoint',
  budget: { connections: 12 },
  why: 'A target without an answer keeps its connection and what was read of it, for as long as the client likes.',
  remedy: 'Bound the head, and answer 414 or 431 beyond it.',
  run: (probe) =>
    mustAnswer(
      probe,
      SIZES.map((octets) => ofSize(probe, octets)),
    ),
} satisfies Check;
