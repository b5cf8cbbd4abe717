import type { Dial, DialOptions, Peer, Probe } from '../../harness/model.js';
import {
  checkDeflateAnswer,
  DEFLATE,
  Deflater,
  type DeflateTerms,
  frame,
  Inflater,
  type Offer,
  ProtocolFault,
  parseExtensions,
  show,
} from '../../harness/protocol/index.js';

/** Of checks that make offers. */
export const offering = { kind: 'conformance', judges: 'endpoint' } as const;

export const NOT_HERE = 'the endpoint does not agree to permessage-deflate';

/** Where our own origin compresses. */
const pathOf = (probe: Probe): DialOptions => (probe.ours ? { path: '/deflate' } : {});

export const offer = (probe: Probe, extensions: string): Promise<Dial> =>
  probe.dial({ ...pathOf(probe), extensions });

/** The permessage-deflate of a 101, if it has one; what cannot be read is none. */
export function answered(made: Pick<Dial, 'answer'>): Offer | undefined {
  const value = extensionsOf(made);
  try {
    return parseExtensions(value).find(({ name }) => name === DEFLATE);
  } catch (fault) {
    if (fault instanceof ProtocolFault) return undefined;
    throw fault;
  }
}

export const extensionsOf = ({ answer }: Pick<Dial, 'answer'>): string =>
  (answer?.headers ?? [])
    .filter(([name]) => /^sec-websocket-extensions$/i.test(name))
    .map(([, value]) => value)
    .join(', ');

/** What came of an attempt, in a few words. */
export const toldOf = ({ answer, failure, handshake }: Dial): string =>
  answer ? `${answer.status} ${show(answer.reason)}`.trimEnd() : (failure ?? handshake);

/** Whether a plain offer is agreed to: the baseline of all others. Measured once for a place. */
export const agrees = (probe: Probe): Promise<boolean> =>
  probe.once('agrees to permessage-deflate', async () => {
    await using made = await probe.dial({ ...pathOf(probe), extensions: DEFLATE });
    return made.handshake === 'accepted' && answered(made) !== undefined;
  });

/** What is wrong with the answer to an offer (RFC 7692 §7.1), or on which terms they agreed. */
export function termsOf(offered: string, answer: Offer): DeflateTerms | string {
  try {
    return checkDeflateAnswer(parseExtensions(offered)[0]!, answer);
  } catch (fault) {
    if (fault instanceof ProtocolFault) return fault.message;
    throw fault;
  }
}

/** A connection on which messages are compressed both ways, on agreed terms. */
export interface Compressed {
  peer: Peer;
  terms: DeflateTerms;
  /** Sends a text compressed; gives what comes back, or why it cannot be read. Undefined where nothing comes. */
  exchange(text: string): Promise<{ text: string; compressed: boolean } | { fault: string } | undefined>;
}

const MOST = 4 * 1024 * 1024;
const RSV1 = 4;

/** Undefined where the offer is declined. */
export async function compressed(probe: Probe, offered: string): Promise<Compressed | string | undefined> {
  const made = await probe.dial({ ...pathOf(probe), extensions: offered });
  const answer = made.handshake === 'accepted' ? answered(made) : undefined;
  const { peer } = made;
  if (!answer || !peer) return undefined;
  const terms = termsOf(offered, answer);
  if (typeof terms === 'string') return terms;
  const deflater = new Deflater({ bits: terms.clientBits, takeover: terms.clientTakeover });
  const inflater = new Inflater({ bits: terms.serverBits, takeover: terms.serverTakeover });
  return {
    peer,
    terms,
    async exchange(text) {
      peer.send(
        frame({ opcode: 'text', rsv: RSV1, payload: deflater.deflate(Buffer.from(text)), mask: true }),
      );
      const parts: Uint8Array[] = [];
      let packed = false;
      const last = await peer.until(({ opcode, rsv, fin, payload }) => {
        if (opcode > 2) return false;
        if (opcode > 0) packed = (rsv & RSV1) !== 0;
        parts.push(payload);
        return fin;
      }, probe.patience.answerMs);
      if (!last) return undefined;
      const whole = Buffer.concat(parts);
      try {
        const octets = packed ? inflater.inflate(whole, MOST) : whole;
        return { text: Buffer.from(octets).toString(), compressed: packed };
      } catch (fault) {
        if (fault instanceof ProtocolFault) return { fault: fault.message };
        throw fault;
      }
    },
  };
}

/** Text that does not compress by itself, so that what comes back short refers to what came before. */
export function noise(length: number, seed: number): string {
  let text = '';
  for (let state = seed * 2654435761 + 1; text.length < length; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += state.toString(36);
  }
  return text.slice(0, length);
}
