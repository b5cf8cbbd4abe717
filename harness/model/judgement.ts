import type { Probe } from './probe.js';

export type Outcome = 'pass' | 'fail' | 'warn' | 'info' | 'skip' | 'error';

export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';

/** What running a check may do to the far end. */
export type Reach = 'safe' | 'intrusive' | 'crash';

export type Measured = Record<string, number | string | boolean>;

/** What a check may say. `error` is never a check's word: only the harness errs. */
export interface Verdict {
  outcome: Exclude<Outcome, 'error'>;
  message: string;
  expected?: string;
  actual?: string;
  measured?: Measured;
  /** Name of the hop (or `client`, `origin`) that did it, where the check can tell. */
  blame?: string;
}

export interface CheckMeta {
  title: string;
  /** The claim as one sentence; the standard's own where there is one. */
  requirement: string;
  severity: Severity;
  /** `RFC 6455 §5.1`, or a URL. */
  refs: readonly string[];
  /** Why it matters, for `explain` and the report. */
  why?: string;
  remedy?: string;
  cwe?: string;
  reach?: Reach;
  /** The check breaks its path (pulls a lever, kills a hop): it gets a freshly opened place of its own. */
  alone?: boolean;
  /** A relay would falsify what it measures (TCP keepalive ends at one): no recording stands in its path. */
  bare?: boolean;
  /** It judges the client under test and nothing of the path: tried only where no hop stands, unless named in full. */
  judges?: 'client';
}

export interface Check extends CheckMeta {
  run(probe: Probe): Promise<Verdict>;
}
