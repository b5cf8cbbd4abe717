import type { Evidence } from './evidence.js';
import type { CheckMeta, Measured, Outcome, Reach, Severity } from './judgement.js';
import type { Intermediary } from './program.js';
import type { Remedy } from './remedy.js';

export interface HopRecord {
  role: 'client' | Intermediary['role'] | 'origin';
  name: string;
  title?: string;
  version?: string;
  runtime?: string;
  standIn?: boolean;
  files?: Readonly<Record<string, string>>;
  /** The last lines that it logged. */
  log?: string;
}

export interface PlaceRecord {
  title: string;
  hops: readonly HopRecord[];
  /** Where what crossed it is, as pcapng: a path from the record's folder. It holds everything, secrets included. */
  capture?: string;
}

/** What a hop did to something that passed through it. */
export interface HopChange {
  hop: string;
  /** `header-dropped`, `status`, `answered`, `cut` …; reporters know some of the words and print the others. */
  kind: string;
  text: string;
  /** The header's name. */
  name?: string;
  /** As it went in and as it came out. */
  before?: string;
  after?: string;
}

/** What changed since an earlier run: ids of findings. */
export interface RunComparison {
  /** When the earlier run began. ISO 8601. */
  startedAt: string;
  /** Broken now, and was not, or was not tried. */
  new: string[];
  /** Was broken, and holds now. */
  fixed: string[];
  /** Broken before and now. */
  still: string[];
  /** Was tried before and is not any more. */
  gone: string[];
  /** A measured time grew by more than half and by more than 50 ms, and by more than the times of the run as a whole. */
  slower?: string[];
  /** Was skipped before and is tried now, whatever came of it. */
  skippedBefore?: string[];
  /** Broken before and now, and more so: a failure that was a warning, or a higher severity. */
  worse?: string[];
  /** How those that are new, fixed or slower were, by id: of the figures those that grew. */
  was?: Record<string, { outcome?: Outcome; measured?: Measured }>;
}

/** Until when a user has accepted what was found. The reason is the finding's `because`. */
export interface Accepted {
  /** The last day that it counts on: `2027-03-31`. */
  until: string;
}

/** What an audit was of, what it was allowed to do, and what it did. */
export interface AuditRecord {
  /** Of the endpoint, without credentials; of a client, its command line. */
  url: string;
  /** How far it was allowed to go. */
  profile: Reach;
  /** The user said that they are authorised to go beyond `safe` there. */
  authorized?: boolean;
  /** What it sent to an endpoint, over the whole audit. */
  traffic?: { connections: number; mostAtOnce: number; octetsSent: number };
  /** How the endpoint treats a well-meaning client, or the client a well-meaning server, as a sentence. */
  baseline: string;
  /** The URL of `--compare`, and the checks that say something else there. */
  compared?: { url: string; differs: readonly string[] };
  /** What answers there, as far as it tells: `nginx/1.22.1; certificate 3f:2a:…`. */
  identity?: string;
}

export interface Finding {
  /** `scenario › check` */
  id: string;
  check: string;
  scenario: string;
  outcome: Outcome;
  expected: Outcome;
  /** Why something else than a pass is expected. */
  because?: string;
  /** Present where it broke and the user has accepted that. */
  accepted?: Accepted;
  /** Whether the outcome differs from the expectation in a way that counts. */
  differs: boolean;
  message: string;
  expectedText?: string;
  actualText?: string;
  measured?: Measured;
  /** How bad it is, where that differs from the check's own severity. */
  severity?: Severity;
  blame?: string;
  /** What the hop to blame did, as a sentence: ``nginx dropped `Upgrade`; the origin saw HTTP/1.0 and answered 426.`` */
  did?: string;
  /** What each hop did to what passed, client's side first. */
  changes?: readonly HopChange[];
  /** What to change at the hop that is to blame, in its own language. */
  remedy?: Remedy;
  /** Whether the remedy held when it was tried, and how that was seen; `held` is absent where it could not be tried. */
  proved?: { held?: boolean; text: string };
  evidence: readonly Evidence[];
  startedAt: string;
  ms: number;
  /** How often it was tried; present when more than once. */
  tries?: number;
}

export interface Run {
  version: 1;
  tool: { name: string; version: string };
  /** ISO 8601. */
  startedAt: string;
  durationMs: number;
  environment: Readonly<Record<string, string>>;
  shard?: { index: number; of: number };
  /** Present and true when the run was cut short (a signal, a fault). */
  partial?: boolean;
  checks: Readonly<Record<string, CheckMeta>>;
  places: Readonly<Record<string, PlaceRecord>>;
  findings: readonly Finding[];
  /** Present when it was an audit of an endpoint. */
  audit?: AuditRecord;
  /** Present when it was compared with an earlier run. */
  comparison?: RunComparison;
}

/** A reporter: pure, from a run to text. */
export interface Reporter {
  title: string;
  /** Default file name below the output folder. */
  file: string;
  render(run: Run): string;
}
