import type { Socket } from 'node:net';
import type { Recorder } from './recorder.js';

/** Who connects: where that is recorded, when it is called off, and what it may use. */
export interface Context {
  record?: Recorder;
  signal?: AbortSignal;
  /** Ask for request targets as they are, without a token in them. */
  unmarked?: boolean;
  /** Waits until another connection may be made. Throws where none may any more. */
  admit?: () => Promise<void>;
  /** Told of each connection that was made. */
  opened?: (raw: Socket) => void;
  /** Counts octets that are about to be sent. Throws where that is too many. */
  spend?: (octets: number) => void;
}
