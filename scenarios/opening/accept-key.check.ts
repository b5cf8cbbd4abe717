import type { Check, Dial } from '../../harness/model.js';
import { acceptValue, freshKey, parseRequest, valueOf } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { spoiler, told } from './told.js';

/** The one of RFC 6455 §1.3, and some that nobody can have seen before: one of each last letter that there is. */
const keys = () => [
  'dGhlIHNhbXBsZSBub25jZQ==',
  ...['A', 'Q', 'g', 'w'].map((last) => `${freshKey().slice(0, -3)}${last}==`),
];

export default {
  title: 'Sec-WebSocket-Accept is worked out from the key that was sent',
  requirement:
    'If the response lacks a Sec-WebSocket-Accept header field or it contains a value other than the base64-encoded SHA-1 of the concatenation of the Sec-WebSocket-Key with "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", the client MUST fail the WebSocket connection.',
  severity: 'high',
  cwe: 'CWE-345',
  refs: ['RFC 6455 §1.3', 'RFC 6455 §4.1', 'RFC 6455 §4.2.2'],
  kind: 'vulnerability',
  judges: 'either',
  budget: { atOnce: 5 },
  why: 'The value proves that the far end read this handshake and means to speak WebSocket. One that is constant or of an older key was made by something that did not: a cache, a stub, another protocol.',
  remedy:
    'Compute it for each request. Where it repeats, look for a cache on the path and keep it off upgrades.',
  async run(probe) {
    const tried = await Promise.all(
      keys().map((key) => probe.dial({ change: { 'Sec-WebSocket-Key': key } })),
    );
    const accepted = tried.filter(({ handshake }) => handshake === 'accepted');
    if (accepted.length < tried.length) {
      const refused = tried.find(({ handshake }) => handshake !== 'accepted')!;
      return skip(`there is no 101 to judge for every key: ${told(refused)}`);
    }
    const values = accepted.map(acceptOf);
    const measured = { handshakes: accepted.length, distinctAccepts: new Set(values).size };
    const wrong = accepted.filter((made) => acceptOf(made) !== acceptValue(keyOf(made)));
    const [first] = wrong;
    if (!first) return pass(`right for ${accepted.length} keys`, { measured });
    return fail('the value that belongs to the key', describe(first, values), {
      measured: { ...measured, wrong: wrong.length },
      blame: await spoiler(probe, first),
    });
  },
} satisfies Check;

const keyOf = ({ sent }: Dial) =>
  valueOf(parseRequest(Buffer.from(sent, 'latin1')), 'Sec-WebSocket-Key') ?? '';
const acceptOf = ({ answer }: Dial) => valueOf({ fields: answer?.headers ?? [] }, 'Sec-WebSocket-Accept');

function describe(made: Dial, values: readonly (string | undefined)[]): string {
  const value = acceptOf(made);
  if (value === undefined) return 'no Sec-WebSocket-Accept';
  if (value === keyOf(made)) return 'the key itself';
  if (new Set(values).size === 1) return 'the same value for every key';
  return 'a value that belongs to another key';
}
