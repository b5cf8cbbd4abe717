import { messageTold } from '../../acquaintance/told.js';
import type { Acquaintance, AuditRecord, Endpoint } from '../../model.js';
import type { Traffic } from '../../probe/meter.js';
import { redact, show } from '../../protocol/index.js';
import type { AuditSettings } from '../settings/audit-table.js';
import { profileOf } from './checks.js';

/** What the record says of the audit itself. */
export function auditRecord(
  settings: AuditSettings,
  { url }: Endpoint,
  met: Acquaintance,
  { connections, mostAtOnce, octets }: Traffic,
): AuditRecord {
  const identity = identityTold(met);
  return {
    url: redact(url),
    profile: profileOf(settings),
    ...(settings.iAmAuthorized && { authorized: true }),
    traffic: { connections, mostAtOnce, octetsSent: octets },
    baseline: baselineTold(met),
    ...(identity !== undefined && { identity }),
  };
}

function baselineTold({ sign, greeting, answer, subprotocol, signMs }: Acquaintance): string {
  const first = answer ?? greeting[0];
  const shown = first ? redact(messageTold(first)) : '';
  const then = {
    expected: `then what was expected: ${shown}`,
    echo: 'then an echo came back',
    answer: `then an answer to the first message: ${shown}`,
    pong: `then a pong${greeting[0] ? `, and by itself ${shown}` : ''}`,
    open: 'then it stayed open, without a word',
  }[sign];
  const chosen = subprotocol === undefined ? '' : ` (${show(subprotocol)})`;
  return `a handshake is accepted with 101${chosen}, ${then} (${Math.round(signMs)} ms)`;
}

/** What answers there, as far as its headers tell. */
function identityTold({ headers }: Acquaintance): string | undefined {
  const told = headers.filter(([name]) => /^(?:server|via|x-powered-by)$/i.test(name));
  return told.length > 0 ? told.map(([name, value]) => `${name}: ${show(value, 80)}`).join(', ') : undefined;
}
