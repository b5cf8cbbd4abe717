import type { Check, Measured, Probe } from '../../harness/model.js';
import { fail } from '../../harness/verdict.js';
import { mustNotTake } from './fakes.js';
import { readers, unread } from './path.js';

const FAKES = {
  'without-accept': { what: 'without Sec-WebSocket-Accept', path: '/fake?without=accept' },
  'wrong-accept': { what: 'with the Sec-WebSocket-Accept of another key', path: '/fake?wrong=accept' },
  'without-upgrade': { what: 'without Upgrade', path: '/fake?without=upgrade' },
  'wrong-upgrade': { what: 'with another protocol in Upgrade', path: '/fake?wrong=upgrade' },
  'without-connection': { what: 'without Connection', path: '/fake?without=connection' },
} as const;

type Fault = keyof typeof FAKES;

export default {
  title: 'A 101 that is not the answer to this handshake is refused',
  requirement:
    'If the response lacks an Upgrade header field, or a Connection header field with the token "Upgrade", or a Sec-WebSocket-Accept header field with the value that belongs to the key, the client MUST Fail the WebSocket Connection.',
  severity: 'high',
  cwe: 'CWE-345',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §1.3', 'RFC 9110 §15.2.2'],
  why: 'The accept value proves that the server read this handshake and means WebSocket. Without that proof, any server that can be brought to say 101, and any cache that replays one, is taken for a WebSocket server.',
  remedy:
    'Clients: compare Upgrade, Connection and Sec-WebSocket-Accept before anything else (RFC 6455 §4.1). Hops: answer 502 to a 101 that is not the one that was asked for. Squid does so where Upgrade or Connection is missing, HAProxy where Connection or Sec-WebSocket-Accept is; nginx hands every 101 on.',
  async run(probe) {
    const client = await mustNotTake(probe, Object.values(FAKES));
    if (!probe.ours || (await unread(probe))) return client;
    const conduct = await conductOfHops(probe);
    const measured = Object.fromEntries(
      Object.entries(conduct).map(([fault, did]) => [`fake.${fault}`, did]),
    );
    // Connection is each hop's own to say.
    const mended = Object.keys(FAKES).filter(
      (fault) => conduct[fault] === 'mended' && fault !== 'without-connection',
    );
    if (client.outcome !== 'fail' && mended.length > 0) {
      const actual = `a 101 ${mended.map((fault) => FAKES[fault as Fault].what).join('; ')} came to the client as a right one`;
      return fail('no hop makes a wrong 101 right', actual, { measured, blame: readers(probe) });
    }
    return { ...client, measured: { ...client.measured, ...measured } };
  },
} satisfies Check;

/** What the hops do with each: relayed, mended, or refused (whatever is said instead). */
async function conductOfHops(probe: Probe): Promise<Measured> {
  const shown = Object.entries(FAKES).map(async ([fault, { path }]) => {
    const made = await probe.dial({ path });
    const did = made.conforms ? 'mended' : made.handshake === 'accepted' ? 'relayed' : made.handshake;
    return [fault, did] as const;
  });
  return Object.fromEntries(await Promise.all(shown));
}
