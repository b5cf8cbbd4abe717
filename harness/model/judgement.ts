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
  /** How bad it is, where that differs from the check's own severity. */
  severity?: Severity;
  /** Name of the hop (or `client`, `origin`) that did it, where the check can tell. */
  blame?: string;
}

/**
 * What a check that fails has found. `conformance`: a rule of the standard is not kept, which harms nobody by itself;
 * `vulnerability`: something that an attacker can use; `hardening`: a defence that is missing.
 */
export type Kind = 'conformance' | 'vulnerability' | 'hardening';

/** What a check may use at most. Octets are those that it sends; connections are counted over the whole check. */
export interface Budget {
  connections: number;
  /** Connections that are open at the same time. */
  atOnce: number;
  octets: number;
  /** Without what it waits for the run's patience. */
  seconds: number;
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
  /** `conformance` when absent. */
  kind?: Kind;
  /** What to change, in the language of a product: `{ ws: 'new WebSocketServer({ maxPayload: 65536 })', nginx: '…' }`. */
  fixes?: Readonly<Record<string, string>>;
  reach?: Reach;
  /** Where it needs more than 8 connections, 4 at once, 256 KiB or 20 seconds. */
  budget?: Partial<Budget>;
  /** It waits as long as the run's patience allows, besides the seconds of its budget. */
  patient?: boolean;
  /** The check breaks its path (pulls a lever, kills a hop): it gets a freshly opened place of its own. */
  alone?: boolean;
  /** A relay would falsify what it measures (TCP keepalive ends at one): no recording stands in its path. */
  bare?: boolean;
  /**
   * `client`: it judges the client under test and nothing of the path, and is tried only where no hop stands, unless named
   * in full. `endpoint`: it judges whatever answers at the URL, without any view of the far end, and is tried where it is
   * asked for: by `audit`, by a scenario. `either`: an endpoint, and a path as well, which `run --via` tries too.
   */
  judges?: 'client' | 'endpoint' | 'either';
  /** Of the client it needs only that it connects to where it is told: it can be a program (`audit-client`). */
  lures?: boolean;
}

export interface Check extends CheckMeta {
  run(probe: Probe): Promise<Verdict>;
}
