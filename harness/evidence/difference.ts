import type { Measured } from '../model.js';
import type { Crossing } from './crossing.js';
import type { Ref, Way } from './side.js';

export type DifferenceKind =
  | 'header-dropped'
  | 'header-added'
  | 'header-rewritten'
  | 'header-recased'
  | 'headers-reordered'
  | 'method-changed'
  | 'target-changed'
  | 'version-changed'
  | 'status-changed'
  | 'answered-by-hop'
  | 'request-dropped'
  | 'answer-dropped'
  | 'body-buffered'
  | 'body-changed'
  | 'body-cut'
  | 'message-dropped'
  | 'message-added'
  | 'message-changed'
  | 'messages-reordered'
  | 'messages-joined'
  | 'message-parted'
  | 'ping-answered'
  | 'close-changed'
  | 'frames-merged'
  | 'frames-split'
  | 'frames-remasked'
  | 'masking-changed'
  | 'compression-changed'
  | 'bits-changed'
  | 'delayed'
  | 'cut'
  | 'end-changed'
  | 'end-dropped'
  | 'end-delayed'
  | 'octets-lost'
  | 'octets-changed'
  | 'tls-opened'
  | 'tls-begun'
  | 'tunnel-ended'
  | 'tunnel-begun';

/** `grave`: it breaks what was under way. `slight`: it can do harm. `none`: a hop may do so. */
export type Harm = 'none' | 'slight' | 'grave';

/** One thing that a hop did to what went through it. */
export interface Difference {
  kind: DifferenceKind;
  way: Way;
  harm: Harm;
  /** When what it did it to went in. */
  at: number;
  /** What it did, to follow the hop's name: `dropped 3 texts of the client's`. */
  text: string;
  /** The header's name, in the case in which it went in. */
  name?: string;
  /** What went in and what came out, escaped and without secrets. */
  in?: string;
  out?: string;
  /** How often, where more than once. */
  count?: number;
  /** Where the octets lie that prove it, the first few. */
  refs: readonly Ref[];
  measured?: Measured;
}

/** What one hop did to one connection. */
export interface HopReport {
  hop: string;
  differences: readonly Difference[];
  /** All of it in one sentence. */
  sentence: string;
  /** What stands behind the hop, as the consequence calls it. */
  behind: string;
  /** What came of it behind the hop, where that was a refusal. */
  consequence?: string;
  measured: Measured;
  /** Why what went in and out could not be compared beyond times and ends, where it could not. */
  opaque?: string;
}

/** One hop's two sides, down to the layer that they have in common. */
export interface Both {
  before: Crossing;
  /** Absent where nothing came out of the hop. */
  after?: Crossing;
  /** From how many ms on a delay is told, and a silence counts as one. */
  slowMs: number;
}
