import type { Check, Probe } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { agrees, compressed, NOT_HERE, noise, offering } from './terms.js';

const BITS = [8, 9, 10, 11, 12, 13, 14, 15];
/** Between two that are the same: farther back than a window of 12 bits reaches, and long enough to be compressed. */
const BETWEEN = 4000;
const SAME = 1500;
const TESTABLE = 12;

export default {
  title: 'A server keeps to the window that the client asks of it',
  requirement:
    'A server accepts an extension negotiation offer with this parameter by including the “server_max_window_bits” extension parameter in the extension negotiation response to send back to the client with the same or smaller value as the offer.',
  severity: 'low',
  ...offering,
  cwe: 'CWE-436',
  refs: ['RFC 7692 §7.1.2.1'],
  why: 'A client that asks for a small window has memory for a small window. A server that refers farther back sends what cannot be read.',
  remedy: 'Compress with the window that was agreed on, or decline the offer.',
  budget: { connections: BITS.length + 2, atOnce: BITS.length + 1 },
  async run(probe) {
    if (!(await agrees(probe))) return skip(NOT_HERE);
    const tried = await Promise.all(BITS.map((bits) => tryBits(probe, bits)));
    const faults = tried.flatMap(({ bits, fault }) =>
      fault === undefined ? [] : [`${bits} bits: ${fault}`],
    );
    if (faults.length > 0) return fail('answers and messages within the window', faults.join('; '));
    const agreed = tried.filter((one) => one.agreed).map(({ bits }) => bits);
    if (agreed.length === 0) return pass('every offer with server_max_window_bits was declined');
    const read = tried.filter((one) => one.read).map(({ bits }) => bits);
    const inflated =
      read.length > 0 ? `; what came back could be read with a window of ${read.join(', ')} bits` : '';
    return pass(`agreed to windows of ${agreed.join(', ')} bits${inflated}`, {
      measured: { agreed: agreed.join(' ') },
    });
  },
} satisfies Check;

interface Tried {
  bits: number;
  agreed: boolean;
  /** Messages that refer farther back than the window would have been noticed. */
  read: boolean;
  fault?: string;
}

async function tryBits(probe: Probe, bits: number): Promise<Tried> {
  const made = await compressed(probe, `permessage-deflate; server_max_window_bits=${bits}`);
  if (made === undefined) return { bits, agreed: false, read: false };
  if (typeof made === 'string') return { bits, agreed: true, read: false, fault: made };
  const { sign } = await probe.acquaintance();
  if (sign !== 'echo' || bits > TESTABLE) return { bits, agreed: true, read: false };
  let read = true;
  for (const text of [noise(SAME, 1), noise(BETWEEN, 2), noise(SAME, 1)]) {
    const came = await made.exchange(text);
    if (came && 'fault' in came) return { bits, agreed: true, read: false, fault: came.fault };
    read &&= came?.compressed === true && came.text === text;
  }
  return { bits, agreed: true, read };
}
