import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { blame } from './shown.js';

const CLIENTS = 4;

/** How many octets are the same in all of the keys. */
function fixedOctets(keys: readonly string[]): number {
  const [first, ...rest] = keys.map((key) => Buffer.from(key, 'base64'));
  return [...first!].filter((octet, at) => rest.every((other) => other[at] === octet)).length;
}

export default {
  title: 'The client takes a fresh, random Sec-WebSocket-Key for each handshake',
  requirement:
    'The value of this header field MUST be a nonce consisting of a randomly selected 16-byte value that has been base64-encoded. The nonce MUST be selected randomly for each connection.',
  severity: 'medium',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-330',
  refs: ['RFC 6455 §4.1'],
  why: 'A key that comes again can be answered by a cache, or by whoever has seen it: the accept value proves nothing then.',
  remedy: "Draw 16 octets from the system's cryptographic generator for each handshake.",
  async run(probe) {
    const { answerMs } = probe.patience;
    let came = 0;
    let all = () => {};
    const enough = new Promise<void>((resolve) => {
      all = resolve;
    });
    await using caught = await probe.lure({
      clients: CLIENTS,
      async serve(visit) {
        visit.accept();
        if (++came >= CLIENTS) all();
        await Promise.race([enough, probe.wait(4 * answerMs)]);
      },
    });
    const keys = caught.visits.map((visit) => visit.value('sec-websocket-key') ?? '');
    const measured = { keys: keys.length };
    const wrong = keys.find((key) => !/^[A-Za-z0-9+/]{22}==$/.test(key));
    if (wrong !== undefined) {
      const actual = wrong === '' ? 'no key' : `a key of ${Buffer.from(wrong, 'base64').length} octets`;
      return fail('16 octets in base64', actual, { blame, measured, severity: 'low' });
    }
    if (keys.length < 2) return skip(`the client came ${keys.length} times only`);
    if (new Set(keys).size < keys.length)
      return fail('another key each time', `the same key in ${keys.length} handshakes`, { blame, measured });
    const same = fixedOctets(keys);
    if (keys.length === CLIENTS && same > 8)
      return fail('random keys', `${same} of 16 octets are the same in ${keys.length} keys`, {
        blame,
        measured,
      });
    return pass(`${keys.length} keys, all different`, { measured });
  },
} satisfies Check;
