import type { Sighting } from './evidence.js';
import type { Finding } from './record.js';
import type { Offer } from './remedy.js';

export interface Address {
  host: string;
  port: number;
}

export type CertificateKind =
  | 'good'
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-name'
  | 'self-signed'
  | 'untrusted'
  | 'cn-only'
  | 'weak-key'
  /** For clients to show (extended key usage), not for servers. */
  | 'wrong-usage';

/** Where a runtime lets a program live. Different under Docker, the same words. Paths are as the program sees them. */
export interface Site {
  /** Where to bind. */
  listen: Address;
  /** What lies behind, as reached from here; for a forward proxy the target that clients will name. */
  upstream: Address;
  /** Whether what lies behind speaks TLS. */
  upstreamTls: boolean;
  /** The forward proxy that this (forward) hop has to go through, if any. */
  parent?: Address;
  /** Extra listeners asked for with `Program.ports`. */
  ports: Readonly<Record<string, Address>>;
  /** A private, writable folder that holds `files` and goes with the lab. */
  dir: string;
  /** PEM files: a leaf of the lab's CA for `names` and for the listening address (or the bad one asked for). */
  cert: string;
  key: string;
  /** PEM files of the lab's CA: to verify upstreams with, and (for an inspecting hop) to sign with. */
  ca: string;
  caKey: string;
  /** The name that certificates are made for: `gauntlet.test`. */
  name: string;
  /** Where an end of ours reports the connections that it sees. */
  saw(sighting: Sighting): void;
  /** Takes the secrets of its TLS sessions, as a `keylog` event of `node:tls` gives them; absent where no capture is made. */
  keyLog?(lines: Uint8Array): void;
}

/** Something that listens. Pure, but for `embed` and what is done to it once it runs; a runtime does start, readiness, logs, stop. */
export interface Program {
  /** The product: `nginx`. Also the key of `--image nginx=…` and the hop's name in verdicts. */
  name: string;
  /** How it is set up, in a few words: `nginx that forwards Upgrade`. */
  title?: string;
  /** Default image reference; without one, docker refuses. */
  image?: string;
  /** What replaces argv[0] in a container, where the image has it elsewhere than on its PATH. */
  entrypoint?: string;
  /** Which certificate `cert` is to be; `good` when absent. */
  certificate?: CertificateKind;
  /** Whether it listens with TLS (a client reaches it by wss). */
  tls?: boolean;
  /** Names of the listeners that it needs besides the main one. */
  ports?: readonly string[];
  /** argv that prints the version (stdout or stderr), argv[0] included. */
  version?: readonly string[];
  /** A regular expression that the version's output must match, and the sentence that is said when it does not. */
  needs?: { pattern: RegExp; otherwise: string };
  /** The signal that ends it at once; SIGTERM when absent. */
  stop?: 'SIGTERM' | 'SIGINT' | 'SIGQUIT' | 'SIGKILL';
  /** Files below `dir` that it logs to, besides stdout and stderr. */
  logs?: readonly string[];
  /** How the names of its shared memory (POSIX) begin, where it leaves that behind when it is killed. */
  sharedMemory?(site: Site): string;
  /** Fits a line of its logs that tells that a part of it has died, though it goes on: what is seen then is not of its making. */
  crashed?: RegExp;
  /** Docker and process: the command line, argv[0] being the binary's name (a path in a setting overrides it). */
  argv?(site: Site): readonly string[];
  /** Files to write below `dir` before the start, by relative path. */
  files?(site: Site): Record<string, string>;
  /** In-process: loads what is large, before anything is timed. */
  prepare?(): Promise<unknown>;
  /** In-process: starts it; resolves when it listens. */
  embed?(site: Site): Promise<AsyncDisposable>;
  /**
   * How readiness is asked, at the main listener unless `port` names another: `http` = any HTTP answer head to
   * `GET path` (TLS where the program listens with TLS), `tcp` = the port accepts and stays open.
   */
  ready?: { by: 'http' | 'tcp'; path?: string; port?: string };
  /** Said to it once it is ready (toxics through its API, for one). Addresses in the site are as the harness reaches them. */
  after?(site: Site): Promise<void>;
  /** What it can be made to do while connections are open: `black-hole`, `half-open`, `cut`, `reset`, `down`, `heal`. */
  levers?(site: Site): Readonly<Record<string, () => Promise<void>>>;
}

export interface Origin extends Program {
  role: 'origin';
}

export interface Intermediary extends Program {
  role: 'reverse' | 'forward' | 'transparent';
  /** How a client asks a forward proxy for a ws:// target; CONNECT (RFC 6455 §4.1) when absent. wss always goes by CONNECT. */
  method?: 'CONNECT' | 'GET';
  /** It opens TLS with a certificate of its own making, signed by the lab's CA. */
  inspects?: boolean;
  /** It stands in for a real product where none is there; the record and the reports say so. */
  standIn?: boolean;
  /** What to change at it where a finding that is no pass blames it; the first one counts. */
  remedies?(finding: Finding): readonly Offer[] | Promise<readonly Offer[]>;
}
