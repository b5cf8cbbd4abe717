import type { Address, Transcript, TranscriptEvent } from '../model.js';

export type TapEvent = TranscriptEvent;
export type From = TapEvent['from'];

/** One TCP connection through a tap; live while it is open. */
export interface TapConnection extends Transcript {
  /** Counts from 1 within its tap. */
  readonly id: number;
  readonly segment: string;
  /** The tap's own end of the connection onwards, by which the upstream knows it; absent while there is none. */
  readonly through?: Address;
}
