import type { Evidence, Transcript, WireFrame } from '../model.js';
import { headerOf } from '../protocol/index.js';

export type Marked = Pick<Evidence, 'mark' | 'frame' | 'of'> & Partial<Pick<Evidence, 'by'>>;

/** With `connect`: the octets of the connection, live. */
export type Connection = { transcript?: Transcript };

/** Where a client puts what it sends and sees. */
export type Recorder = (
  kind: Evidence['kind'],
  text: string,
  bytes?: Uint8Array,
  marked?: Marked & Connection,
) => void;

export const unrecorded: Recorder = () => {};

/** Whatever is recorded belongs to this connection. */
export const recorderOf =
  (token: string, record: Recorder): Recorder =>
  (kind, text, bytes, marked) =>
    record(kind, text, bytes, { ...marked, of: token });

export const markOf = (one: WireFrame): Marked => ({ mark: 'frame', frame: headerOf(one) });
