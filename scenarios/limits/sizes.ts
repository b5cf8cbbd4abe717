import type { Probe, Verdict } from '../../harness/model.js';
import { frame, opcodeName } from '../../harness/protocol/index.js';
import { fail, info, pass } from '../../harness/verdict.js';

/** Octets 0 to 126 (binary: 0 to 250) over and over, from a start of their own for each length: never all alike. */
export function pattern(length: number, kind: 'text' | 'binary'): Uint8Array {
  const [low, count] = kind === 'text' ? [0, 127] : [0, 251];
  const octets = Buffer.allocUnsafe(length);
  for (let i = 0, step = length % count; i < length; i++) {
    octets[i] = low + step;
    step = (step + 7) % count;
  }
  return octets;
}

/** Where two payloads part, in words; undefined when they are the same to the octet. */
export function parting(sent: Uint8Array, came: Uint8Array): string | undefined {
  if (Buffer.compare(sent, came) === 0) return undefined;
  const until = Math.min(sent.length, came.length);
  for (let i = 0; i < until; i++) {
    if (sent[i] !== came[i]) return `octet ${i} is ${came[i]} instead of ${sent[i]}`;
  }
  return `${came.length} octets instead of ${sent.length}`;
}

const BEHIND = 'behind it';

/** Sends a message of each kind, and compares what comes back to the octet. */
export async function echoesWhole(probe: Probe, length: number): Promise<Verdict> {
  const expected = `${length} octets each way, text and binary, the same to the octet`;
  // A megabyte over a narrowed path takes its time; what counts is that it arrives.
  const withinMs = probe.patience.answerMs * 3 + length / 100;
  const since = performance.now();
  for (const kind of ['text', 'binary'] as const) {
    const peer = await probe.raw();
    const sent = pattern(length, kind);
    peer.send(frame({ opcode: kind, payload: sent, mask: true }));
    const { opcode, payload, end } = await messageFrom(peer, withinMs, besides(probe, sent));
    const blame = probe.suspect();
    if (!payload) {
      // How long a message may be is for an endpoint to say.
      if (!probe.ours && end?.endsWith(' 1009'))
        return info(`messages of ${length} octets are too long here`);
      // Nor has an application to take both kinds.
      if (!probe.ours && kind === 'binary' && end?.endsWith(' 1003')) continue;
      const how = end
        ? `the connection ended (${end})`
        : `nothing came back within ${Math.round(withinMs)} ms`;
      return fail(expected, `${kind}: ${how}`, { blame });
    }
    // What kind of message an application makes of an echo is its own affair.
    const wrong =
      !probe.ours || opcodeName(opcode) === kind
        ? parting(sent, payload)
        : `it came back as ${opcodeName(opcode)}`;
    if (wrong) return fail(expected, `${kind}: ${wrong}`, { blame });
    // What is doubled, or breaks what follows, shows behind it.
    peer.send(frame({ opcode: 'text', payload: BEHIND, mask: true }));
    const then = await messageFrom(peer, withinMs, besides(probe, Buffer.from(BEHIND), sent));
    if (Buffer.from(then.payload ?? '').toString() !== BEHIND) {
      const actual = then.payload
        ? 'something else came before the message behind it'
        : 'nothing came behind it';
      return fail(expected, `${kind}: ${actual}`, { blame });
    }
  }
  return pass(`${length} octets came back the same`, {
    measured: { octets: length, roundTripsMs: Math.round(performance.now() - since) },
  });
}

interface Message {
  opcode: number;
  payload?: Uint8Array;
  end?: string;
}

/**
 * Of an endpoint that is not ours, messages may come that are about something else: heartbeats, and what other clients say.
 * They are read past in the hope of the one that is waited for; not so what would come of a message that is doubled.
 */
export const besides =
  ({ ours }: Probe, wanted: Uint8Array, doubled?: Uint8Array) =>
  (came: Uint8Array): boolean => {
    const is = (one: Uint8Array | undefined) => one !== undefined && Buffer.compare(one, came) === 0;
    return !ours && !is(wanted) && !is(doubled);
  };

/**
 * The next message, put together from its fragments; hops may fragment as they like (RFC 6455 §5.4). Those that are said to
 * stand beside it are read past; where it does not come, it is the first of them.
 */
export async function messageFrom(
  peer: Awaited<ReturnType<Probe['raw']>>,
  withinMs: number,
  beside: (came: Uint8Array) => boolean = () => false,
): Promise<Message> {
  let parts: Uint8Array[] = [];
  let opcode = -1;
  let first: Message | undefined;
  const deadline = performance.now() + withinMs;
  for (;;) {
    const received = await peer.until((one) => one.opcode < 3, deadline - performance.now());
    if (!received) {
      const end = await peer.farewell(0);
      if (first && !end) return first;
      return { opcode, ...(end && { end: end.code === undefined ? end.how : `${end.how} ${end.code}` }) };
    }
    if (parts.length === 0) opcode = received.opcode;
    parts.push(received.payload);
    if (!received.fin) continue;
    const message = { opcode, payload: Buffer.concat(parts) };
    if (!beside(message.payload)) return message;
    first ??= message;
    parts = [];
  }
}

/** What the checks of sizes have in common. */
export const common = {
  severity: 'medium',
  kind: 'conformance',
  judges: 'either',
  refs: ['RFC 6455 §5.2'],
  why: 'Lengths change their encoding at 126 and 65536, and hops their buffers at other borders: there things break.',
  remedy:
    'Raise the message or buffer limit of the hop, or correct its handling of extended payload lengths.',
} as const;
