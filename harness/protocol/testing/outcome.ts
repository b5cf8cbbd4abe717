import { FrameDecoder } from '../decoder.js';
import { ProtocolFault } from '../fault.js';
import { type FrameSpec, frame } from '../frames.js';
import { type Message, Messages, type MessagesOptions, type Tolerance } from '../messages.js';

export const MASK = Uint8Array.of(1, 2, 3, 4);

/** What comes of the frames: messages as `kind data`, then `fault code` if it faults. Masked unless a server sends them. */
export function outcome(specs: readonly FrameSpec[], options: Partial<MessagesOptions> = {}): string[] {
  const role = options.role ?? 'server';
  const messages = new Messages({ role, ...options });
  const stream = Buffer.concat(
    specs.map((spec) => frame(role === 'server' ? { mask: MASK, ...spec } : spec)),
  );
  const seen: string[] = [];
  try {
    for (const each of new FrameDecoder().push(stream)) {
      const message = messages.accept(each);
      if (message) seen.push(text(message));
    }
  } catch (error) {
    if (!(error instanceof ProtocolFault)) throw error;
    seen.push(`fault ${error.code} at ${error.at}`);
  }
  return seen;
}

const text = ({ kind, data, code, reason }: Message) =>
  kind === 'close' ? `close ${code} ${reason}` : `${kind} ${Buffer.from(data).toString('latin1')}`;

/** These rules are let pass. */
export const tolerating = (...rules: Tolerance[]) => ({ tolerate: new Set(rules) });

/** `81 00` */
export const hex = (octets: string) => Buffer.from(octets.replaceAll(' ', ''), 'hex');
