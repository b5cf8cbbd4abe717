import { randomBytes } from 'node:crypto';
import type { Check, Probe } from '../../harness/model.js';
import { frame, show } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { difference } from './octets.js';

/** Lengths of the reason; undefined for a Close without a body. */
const REASONS = [undefined, 0, 1, 20, 123] as const;

export default {
  title: 'A Close carries no octets of the server’s memory',
  requirement:
    'When sending a Close frame in response, the endpoint typically echos the status code it received.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-908',
  refs: ['RFC 6455 §5.5.1'],
  judges: 'endpoint',
  why: 'Octets behind the reason that was sent, or that are no text at all, are of the server’s memory: of another message, another user, or a key.',
  remedy: 'Answer a Close with the code that was received; update the library.',
  async run(probe) {
    const tried: string[] = [];
    for (const length of REASONS) {
      const sent = bodyOf(length);
      const came = await answerTo(sent, probe);
      if (!came) continue;
      const name = sent.length === 0 ? 'a Close without a body' : `a Close with a reason of ${length} octets`;
      const seen = `${name} was answered with ${came.length} octets: "${show(came, 80)}"`;
      // What begins with a reason of some length and goes on was not written by hand.
      const goesOn = sent.length > 3 && difference(sent, came) === 'longer';
      if (goesOn || came.length === 1 || !isText(came.subarray(2)))
        return fail('the same code, and a reason that is text', seen);
      tried.push(length === undefined ? 'no body' : String(length));
    }
    if (tried.length === 0) return skip('no Close is answered with a Close');
    return pass(`nothing else for reasons of ${tried.join(', ')}`, { measured: { tried: tried.length } });
  },
} satisfies Check;

const bodyOf = (length: number | undefined): Buffer =>
  length === undefined
    ? Buffer.alloc(0)
    : Buffer.concat([
        Buffer.from([0x03, 0xe8]),
        Buffer.from(randomBytes(64).toString('hex').slice(0, length)),
      ]);

/** The body of the Close that answers one with this body. */
async function answerTo(sent: Buffer, probe: Probe): Promise<Uint8Array | undefined> {
  await using peer = await probe.meet();
  peer.send(frame({ opcode: 'close', payload: sent, mask: true }));
  return (await peer.until(({ opcode }) => opcode === 8, probe.patience.answerMs))?.payload;
}

function isText(octets: Uint8Array): boolean {
  try {
    return !/[\0-\x08\x0e-\x1f]/.test(new TextDecoder('utf-8', { fatal: true }).decode(octets));
  } catch {
    return false;
  }
}
