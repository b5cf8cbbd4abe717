import type { Check, Peer } from '../../harness/model.js';
import { fail, pass } from '../../harness/verdict.js';
import { below, greetOver, onlyNewest, ungreeted } from './greet.js';
import { numbersOf, ORDINARY } from './suites.js';

const HEARTBEAT = 24;
/** A request that declares one octet and brings none: who answers has read one octet too far, and no more. */
const LIE = Uint8Array.of(HEARTBEAT, 3, 3, 0, 3, 1, 0, 1);

export default {
  title: 'Heartbeats that lie about their length are not answered',
  requirement:
    'If the payload_length of a received HeartbeatMessage is too large, the received HeartbeatMessage MUST be discarded silently.',
  severity: 'critical',
  kind: 'vulnerability',
  cwe: 'CWE-125',
  refs: ['RFC 6520 §4', 'CVE-2014-0160'],
  judges: 'endpoint',
  reach: 'intrusive',
  why: 'An answer holds what lies behind the request in the server’s memory: keys, cookies, messages of others (Heartbleed). This asks for a single octet.',
  remedy: 'Use OpenSSL 1.0.1g or later, and have keys, certificates and sessions made anew.',
  async run(probe) {
    const not = await ungreeted(probe);
    if (not) return not;
    if (await onlyNewest(probe))
      return pass('TLS 1.3 alone is taken, which the servers at fault had none of');
    const peer = await probe.connect({ route: below(probe.route) });
    const offer = { suites: numbersOf(ORDINARY), heartbeat: true };
    const met = await greetOver(peer, probe, offer, ({ done }) => done);
    if (!met.hello?.extensions.includes(15)) return pass(`no heartbeats: ${met.told}`);
    const before = peer.received().length;
    peer.send(LIE);
    const bytes = await peer.octets(before + 1, probe.patience.answerMs);
    const measured = { heartbeats: true };
    if (bytes[before] === HEARTBEAT) {
      const actual = `answered with ${bytes.length - before} octets`;
      return fail('no answer', actual, { measured, blame: probe.suspect() });
    }
    return pass(silence(peer, bytes.length > before), { measured });
  },
} satisfies Check;

const silence = (peer: Peer, answered: boolean): string =>
  answered ? 'met with an alert' : peer.open ? 'discarded silently' : 'the connection was closed over it';
