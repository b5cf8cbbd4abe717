import type { Check, Probe } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { overTls } from './route.js';

export default {
  title: 'A connection in clear is not upgraded to TLS after the fact',
  requirement:
    'Upgrade: TLS/1.0 in clear (RFC 2817) is not accepted: whether a connection is secure is decided by its URL, before its first octet.',
  severity: 'medium',
  cwe: 'CWE-757',
  refs: ['RFC 6455 §3', 'RFC 2817 §3', 'RFC 9110 §7.8'],
  why: 'An upgrade that is asked for in clear can be taken out of the request by anybody on the way, and the client goes on in clear without knowing.',
  remedy: 'Pass on and accept no Upgrade but websocket.',
  async run(probe) {
    if (overTls(probe)) return skip('this place speaks TLS from the first octet');
    await probe.raw();
    const alone = await asked(probe, 'TLS/1.0');
    const beside = await asked(probe, 'websocket, TLS/1.0');
    const taken = [alone, beside].find(({ upgrade }) => upgrade?.toLowerCase().includes('tls'));
    const blame = probe.suspect();
    if (taken) return fail('no switch to TLS', `101 with Upgrade: ${taken.upgrade}`, { blame });
    if (alone.handshake === 'accepted') return fail('a refusal', '101 to Upgrade: TLS/1.0', { blame });
    const silent = [alone, beside].some(({ handshake }) => handshake === 'no-answer');
    return silent ? warn('no answer to Upgrade: TLS/1.0, and no end') : pass(`not accepted: ${alone.seen}`);
  },
} satisfies Check;

async function asked(probe: Probe, upgrade: string) {
  const { handshake, answer, failure } = await probe.dial({ change: { Upgrade: upgrade } });
  const chosen = answer?.headers.find(([name]) => name.toLowerCase() === 'upgrade')?.[1];
  const accepted = handshake === 'accepted' && chosen !== undefined;
  const seen = answer ? `answered ${answer.status}` : (failure ?? handshake);
  return { handshake, seen, ...(accepted && { upgrade: chosen }) };
}
