import type { Stream } from './toxics.js';

interface Common {
  /** `<type>_<stream>` when absent; unique within the proxy. */
  name?: string;
  /** `upstream` is what clients send, `downstream` what they get; `downstream` when absent. */
  stream?: Stream;
  /** The share of connections that it works on, 0 to 1; 1 when absent. */
  toxicity?: number;
}

/** What each type takes, and its unit; 0 when absent. */
interface Attributes {
  noop: Record<never, number>;
  /** Milliseconds. */
  latency: { latency: number; jitter?: number };
  /** Kilobytes (1000 octets) a second; 0 lets nothing through. */
  bandwidth: { rate: number };
  /** Milliseconds. */
  slow_close: { delay: number };
  /** Milliseconds without data until the close; 0 never closes. */
  timeout: { timeout?: number };
  /** Milliseconds from the first data to the reset. */
  reset_peer: { timeout?: number };
  /** Octets, octets, microseconds. `size_variation` is at most `average_size`. */
  slicer: { average_size: number; size_variation?: number; delay?: number };
  /** Octets. */
  limit_data: { bytes: number };
}

/** A toxic to put on every connection: `{ type: 'latency', attributes: { latency: 200 } }`. */
export type ToxicSpec = {
  [Type in keyof Attributes]: Common & { type: Type } & (Record<never, never> extends Attributes[Type]
      ? { attributes?: Attributes[Type] }
      : { attributes: Attributes[Type] });
}[keyof Attributes];
