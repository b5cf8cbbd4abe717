import type { Sighting, Sightings } from './evidence.js';
import type { Address, CertificateKind, Intermediary, Origin, Program, Site } from './program.js';

/** A program that runs. */
export interface Service extends AsyncDisposable {
  name: string;
  runtime: string;
  /** Which process or container it is: `process 4711`, `container 3f2a90c1b2d4`. */
  is?: string;
  version?: string;
  /** As the harness reaches it. */
  address: Address;
  /** As containers of the same lab reach it, where that differs. */
  inside?: Address;
  site: Site;
  /** What was written for it, by relative path; keys are left out. */
  files: Readonly<Record<string, string>>;
  logs(): string;
  /** Settles when the program has ended without being asked to, with a sentence and its last lines. Never rejects. */
  died: Promise<string>;
}

/** What a runtime is told of the surroundings of the program that it starts. */
export interface Surroundings {
  /** A service of the lab, or an address outside of it. */
  upstream?: Service | Address;
  upstreamTls?: boolean;
  parent?: Service | Address;
  /** The address that programs on this machine have to bind, so that everything in the place reaches them. */
  bind: string;
}

export interface Runtime {
  name: string;
  /** The sentence that doctor and skip both print; nothing when it can carry the program. */
  refuses(program: Program): Promise<string | undefined>;
  start(program: Program, around: Surroundings, lab: Lab): Promise<Service>;
  /** Which address programs on this machine must bind to be reached from this runtime's programs; loopback when absent. */
  gateway?(lab: Lab): Promise<string>;
  /** Whether what the program needs is already here (an image pulled, a binary found). */
  present?(program: Program): Promise<boolean>;
  /** The version of the program that this runtime would start, for doctor. */
  versionOf?(program: Program): Promise<string | undefined>;
  /** The version of what runs the programs, where that is a product of its own. Rejects where it is not there. */
  engine?(): Promise<string>;
}

/** Certificates of a run. PEM texts. */
export interface Authority {
  readonly ca: string;
  readonly caKey: string;
  /** Names may be DNS names and IP addresses. */
  leaf(names: readonly string[], kind?: CertificateKind): { cert: string; key: string };
}

/** How a client reaches the far end. */
export interface Route {
  /** `ws://127.0.0.1:8080` or `wss://…`; a path only where a user's own URL has one. */
  url: string;
  /** The forward proxy to go through: `http://host:port`, `https://…` or `socks5://…`, with `user:password@` where it asks. */
  proxy?: string;
  /** How to ask the proxy for a ws:// target. */
  method?: 'CONNECT' | 'GET';
  /** PEM of what to trust, instead of the system's roots. */
  ca?: string;
  /** PEM of a certificate of the client's own, and of its key. */
  cert?: string;
  key?: string;
  /** Take whatever certificate the far end shows. */
  insecure?: boolean;
  /** TLS name to ask for and to verify. */
  servername?: string;
  /** Where to connect to, instead of what `url` names: a recording that stands before it. Counts without a proxy. */
  at?: Address;
  /** Takes the secrets of the client's TLS sessions, as a `keylog` event of `node:tls` gives them; for captures. */
  keyLog?(lines: Uint8Array): void;
}

/** An origin and the hops before it, up and running. */
export interface Place {
  route: Route;
  /** In the order of the path, client's side first. */
  hops: readonly { intermediary: Intermediary; service: Service }[];
  /** Absent for a user's own server. */
  origin?: Service;
  sightings?: Sightings;
}

/** Owns what a scenario starts and unwinds it last-first. */
export interface Lab extends AsyncDisposable {
  readonly signal: AbortSignal;
  /** A private folder (mode 0700) that goes with the lab. */
  readonly dir: string;
  readonly authority: Authority;
  own<T extends AsyncDisposable>(resource: T): T;
  /** Takes what an end of ours reports; goes into every site. */
  saw(sighting: Sighting): void;
  /** Takes the secrets of the TLS sessions of an end of ours, where a capture is made; goes into every site. */
  keyLog?(lines: Uint8Array): void;
  open(origin: Origin | string, via?: readonly Intermediary[]): Promise<Place>;
}
