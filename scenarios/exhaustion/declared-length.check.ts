import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { LIMIT_BUDGET, messageLimit } from '../judging/message-limit.js';

const MIB = 1024 * 1024;

export default {
  title: 'A message of enormous length is turned down by what its header declares',
  requirement:
    'Implementations that have implementation- and/or platform-specific limitations regarding the frame size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits.',
  severity: 'high',
  kind: 'hardening',
  cwe: 'CWE-770',
  refs: ['RFC 6455 §10.4', 'RFC 6455 §7.4.1'],
  judges: 'endpoint',
  why: 'Whoever waits for a gigabyte because fourteen octets said so makes room for it sooner or later. What the application needs is mostly a few kilobytes.',
  remedy:
    'Set the limit of a message to what the application needs, and close with 1009 as soon as a header declares more.',
  fixes: { ws: 'new WebSocketServer({ maxPayload: 64 * 1024 }) // 100 MiB by default' },
  budget: LIMIT_BUDGET,
  async run(probe) {
    const { taken, refused, unclear } = await messageLimit(probe);
    if (unclear !== undefined) return skip(unclear);
    const measured = { takenOctets: taken, ...(refused && { refusedOctets: refused.octets }) };
    const expected = 'messages above 16 MiB are turned down by their header';
    const turned = refused ? `; ${mib(refused.octets)} are turned down (${refused.told})` : '';
    const told =
      taken > 0
        ? `a declared length of ${mib(taken)} is waited for${turned}`
        : `turned down from the first${turned}`;
    if (taken >= 1024 * MIB) return fail(expected, told, { measured });
    if (taken > 128 * MIB) return fail(expected, told, { measured, severity: 'medium' });
    if (taken > 16 * MIB) return warn(told, { measured, expected, actual: told, severity: 'medium' });
    return pass(told, { measured });
  },
} satisfies Check;

const mib = (octets: number): string => `${octets / MIB} MiB`;
