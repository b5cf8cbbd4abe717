import type { Socket } from 'node:net';
import { after } from '../patience.js';
import { isReset } from './faults.js';
import { Unreachable } from './unreachable.js';

export interface Step {
  withinMs: number;
  signal?: AbortSignal | undefined;
  /** What did not come, as the beginning of a sentence. */
  late: string;
  /** What to say of an error. */
  told?(fault: NodeJS.ErrnoException): string;
}

/** Waits for what `listen` reports, or for what goes wrong with the stream first. Throws Unreachable. */
export function settle(stream: Socket, listen: (done: () => void) => void, step: Step): Promise<void> {
  const { withinMs, signal, late, told = ({ message }) => message } = step;
  return new Promise((resolve, reject) => {
    const finish = (fault?: Error) => {
      callOff();
      stream.off('error', failed);
      stream.off('close', gone);
      signal?.removeEventListener('abort', aborted);
      if (fault) reject(fault);
      else resolve();
    };
    const callOff = after(withinMs, () =>
      finish(new Unreachable(`${late} within ${Math.round(withinMs)} ms`, 'no-answer')),
    );
    const failed = (fault: NodeJS.ErrnoException) => {
      const how = isReset(fault) ? 'reset' : fault.code === 'ETIMEDOUT' ? 'no-answer' : 'refused';
      finish(new Unreachable(told(fault), how));
    };
    const gone = () => finish(new Unreachable(`${late}: the connection was closed`, 'reset'));
    const aborted = () => finish(new Unreachable('cancelled', 'no-answer'));
    stream.once('error', failed);
    stream.once('close', gone);
    signal?.addEventListener('abort', aborted, { once: true });
    if (signal?.aborted) return aborted();
    listen(() => finish());
  });
}
