/**
 * The vocabulary. Types only; imports nothing. Times are milliseconds; those called `at` count from the start
 * of the run on one monotonic clock.
 */

export interface Address {
  host: string;
  port: number;
}

// ---------------------------------------------------------------------------------------------- judgement

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
  /** It judges the client under test and nothing of the path: tried only where no hop stands, unless named in full. */
  judges?: 'client';
}

export interface Check extends CheckMeta {
  run(probe: Probe): Promise<Verdict>;
}

// ------------------------------------------------------------------------------------------------- places

export type CertificateKind =
  | 'good'
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-name'
  | 'self-signed'
  | 'untrusted'
  | 'cn-only'
  | 'weak-key';

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
}

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
  /** `http://host:port` of the forward proxy to go through. */
  proxy?: string;
  /** How to ask the proxy for a ws:// target. */
  method?: 'CONNECT' | 'GET';
  /** PEM of what to trust, instead of the system's roots. */
  ca?: string;
  /** TLS name to ask for and to verify. */
  servername?: string;
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
  open(origin: Origin | string, via?: readonly Intermediary[]): Promise<Place>;
}

/** What a place is known to break, and why. */
export interface Expectation {
  outcome: Outcome;
  because: string;
}

/** A check that a scenario brings along, with the id that a file of ours would give it. */
export type OwnCheck = Check & { id: string };

export interface Scenario {
  title: string;
  origin: Origin;
  via: readonly Intermediary[];
  /** Check ids or id prefixes (`masking`, `opening/upgrade`), and checks of the scenario's own. */
  checks: readonly (string | OwnCheck)[];
  /** By check id or id prefix; the longest that fits counts. What is not named is expected to pass. */
  expect?: Readonly<Record<string, Expectation>>;
  /** The client under test, for checks that judge a client; `ws` when absent. */
  client?: Client;
}

// ----------------------------------------------------------------------------------------------- evidence

export interface Evidence {
  /** Milliseconds since the run began, with fractions. */
  at: number;
  /**
   * `client`, `origin`, a hop's name, or a segment: `squid → nginx`. What a segment `sent` went towards the origin
   * there, what it `received` came back.
   */
  by: string;
  kind: 'sent' | 'received' | 'log' | 'note';
  text: string;
  /** Base64 of the octets, cut at a bound; of a frame, of its payload with the mask taken off. */
  bytes?: string;
  mark?: Mark;
  /** Of a frame: its header fields (RFC 6455 §5.2), the length of its payload, and the masking key in hex. */
  frame?: {
    fin: boolean;
    rsv: number;
    opcode: number;
    masked: boolean;
    octets: number;
    mask?: string;
  };
  /** Which connection of the check's it belongs to: the token in its request target. */
  of?: string;
}

/** What an entry of the evidence is, for those who draw it. */
export type Mark = 'connect' | 'tls' | 'request' | 'response' | 'frame' | 'octets' | 'fin' | 'rst';

/** How one side saw a connection end. `nothing`: it did not, in the time watched. */
export type Ending = 'fin' | 'rst' | 'close' | 'nothing';
export interface End {
  how: Ending;
  at: number;
  /** Of the Close frame, where one came. */
  code?: number;
  reason?: string;
}

/** A TLS session, as one of its ends has it. */
export interface TlsSession {
  /** `TLSv1.3` */
  version: string;
  /** What ALPN (RFC 7301) settled on, if anything. */
  alpn?: string;
  /** Of the certificate that the server showed: issuer common name, and SHA-256. */
  issuer: string;
  fingerprint: string;
  /** tls-exporter channel binding (RFC 9266), base64: the same at both ends of one session, and of no other. */
  binding: string;
}

/** What to put otherwise in a TLS handshake. */
export interface TlsChoice {
  /** Take whatever certificate is shown, to look at it. */
  trustAll?: boolean;
  /** The only version to offer, however old. */
  version?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  /** What to offer by ALPN; `http/1.1` alone when absent. */
  alpn?: readonly string[];
}

/** The fields of RFC 6455 §5.2, payload unmasked. */
export interface WireFrame {
  fin: boolean;
  rsv: number;
  opcode: number;
  mask?: Uint8Array;
  payload: Uint8Array;
}

/** One request and what followed it on its connection, as our origin saw it; live. */
export interface Sighting {
  /** The value of `gauntlet=` in the request target, by which a client finds its own connection. */
  readonly token?: string;
  /** Numbers the TCP connection: several requests over one share it. */
  readonly connection: number;
  readonly openedAt: number;
  /** The request head, byte for byte (latin1), without what followed. */
  readonly head?: string;
  /** The head of the answer that the origin sent, byte for byte (latin1). */
  readonly answer?: string;
  /** TLS server name that was asked for. */
  readonly servername?: string;
  readonly tls?: TlsSession;
  readonly frames: readonly WireFrame[];
  /** Data octets that came after the head, first 64 KiB. */
  readonly raw: Uint8Array;
  readonly evidence: readonly Evidence[];
  /** Settles when the connection is over on this side. */
  readonly ended: Promise<End>;
}

export interface Sightings {
  /** The sighting of that token, waiting for it at most so long; undefined when none came. */
  of(token: string, withinMs: number): Promise<Sighting | undefined>;
  all(): readonly Sighting[];
}

// ------------------------------------------------------------------------------------------------- probing

/** Refused, reset and no answer are three different outcomes. */
export type Handshake = 'accepted' | 'refused' | 'reset' | 'no-answer';

export interface DialOptions {
  /** Path and query asked for; `/echo` when absent. `gauntlet=` with a fresh token is added. */
  path?: string;
  method?: string;
  httpVersion?: '1.0' | '1.1';
  /** Added after the handshake's own headers. */
  headers?: readonly (readonly [string, string])[];
  /** Handshake headers to leave out or to put otherwise, by name (any case). */
  change?: Readonly<Record<string, string | undefined>>;
  subprotocols?: readonly string[];
  extensions?: string;
  /** Octets to send in the same write as the request head. */
  early?: Uint8Array;
  /** Answer the far end's pings, as clients do; true when absent. */
  pong?: boolean;
  /** How long to wait for the answer's head. */
  answerMs?: number;
  /** How to reach the place, where it is to differ from the probe's route. */
  route?: Route;
  tls?: TlsChoice;
  /** Have the kernel probe the silent TCP connection at this period (SO_KEEPALIVE); it counts whole seconds. */
  tcpKeepAliveMs?: number;
}

/** What came of one attempt at a handshake. */
export interface Dial extends AsyncDisposable {
  handshake: Handshake;
  token: string;
  /** The request head as sent. */
  sent: string;
  /** The answer's head as it came, if any. */
  answer?: { status: number; reason: string; headers: readonly (readonly [string, string])[]; raw: string };
  /** Why no answer was had: `ECONNREFUSED`, `the proxy answered 403 to CONNECT`, `certificate has expired` … */
  failure?: string;
  /** The status of a forward proxy that refused, if one did. */
  proxyStatus?: number;
  /** Issuer common name of the certificate shown, for wss. */
  issuer?: string;
  tls?: TlsSession;
  /** Whether the answer is a right 101: Upgrade, Connection, and the accept value of the key that was sent. */
  conforms: boolean;
  /** The connection, whatever was answered (frames when accepted, raw octets always); absent when there is none. */
  peer?: Peer;
  /** ms from the first octet sent to the answer's head. */
  answeredMs?: number;
}

/** An open connection under our full control: it can send anything and sees everything. */
export interface Peer extends AsyncDisposable {
  readonly token: string;
  /** Writes octets as they are. */
  send(bytes: Uint8Array): void;
  /** The next frame of any kind, or undefined when none came in time or the connection ended. */
  next(withinMs?: number): Promise<WireFrame | undefined>;
  /** The next data frame or message of the given text; pings and pongs are passed over. */
  until(match: (frame: WireFrame) => boolean, withinMs?: number): Promise<WireFrame | undefined>;
  /** Sends a fresh masked text and waits for it to come back. */
  echo(withinMs?: number): Promise<boolean>;
  /** How it ended, or undefined if it is still open after so long. A Close frame is answered. */
  farewell(withinMs?: number): Promise<End | undefined>;
  /** All octets received since the head, first 1 MiB. */
  received(): Uint8Array;
  /** Waits until so many octets were received, or the end, or the time. */
  octets(count: number, withinMs?: number): Promise<Uint8Array>;
  /** FIN. */
  end(): void;
  /** RST. */
  reset(): void;
  readonly open: boolean;
}

/** A WebSocket client as users have them; what checks of clients judge. */
export interface Client {
  name: string;
  version?: string;
  open(route: Route, options?: ClientOptions): Promise<ClientSession>;
  /** Keeps a numbered stream going whatever the path does to it, if the client can; see `LiveSession`. */
  live?(route: Route, options: LiveOptions): Promise<LiveSession>;
  /** Keeps a connection up, connecting anew whenever it could not be had or was lost, until it is disposed of. */
  reconnect?(route: Route, options: ReconnectOptions): AsyncDisposable;
}

export type Transport = 'websocket' | 'sse' | 'long-poll' | 'connect';

export interface LiveOptions {
  /** Path and query of the stream: `/live?session=…`. */
  path: string;
  /** What to try, in this order. `connect` is WebSocket by CONNECT through the route's forward proxy. */
  transports: readonly Transport[];
  /** How long one transport may take to its first message. */
  attemptMs: number;
  /** How often WebSocket is tried again while something lesser carries; never when absent. */
  returnMs?: number;
  signal?: AbortSignal;
}

/** What came of one transport: how it was refused, or what became of it once it carried. */
export interface LiveAttempt {
  transport: Transport;
  outcome: Handshake | 'silent' | 'lost';
  why: string;
  ms: number;
}

/** A numbered stream both ways, as the application sees it: after switching, resuming and resending. */
export interface LiveSession extends AsyncDisposable {
  /** What carries now; undefined while nothing does. */
  readonly transport: Transport | undefined;
  readonly attempts: readonly LiveAttempt[];
  /** The numbers delivered to the application, in order of delivery; `sentAt` is the origin's word, on the same clock. */
  readonly received: readonly { n: number; at: number; by: Transport; sentAt?: number }[];
  /** ms from the start to the first message, by whatever carried it. */
  readonly firstMs: number | undefined;
  /** Sends the next number upwards. */
  send(): void;
  /** Numbers sent so far, and how many of them the far end has acknowledged. */
  readonly sent: number;
  readonly acknowledged: number;
  until(what: (session: LiveSession) => boolean, withinMs: number): Promise<boolean>;
}

export interface ReconnectOptions {
  path?: string;
  /** What the first delay is aimed at, and what no delay exceeds. */
  baseMs: number;
  capMs: number;
  signal?: AbortSignal;
}

export interface ClientOptions {
  path?: string;
  subprotocols?: readonly string[];
  headers?: Readonly<Record<string, string>>;
  /** Ping at this period and give the peer up for dead when no pong came within `timeoutMs`. */
  heartbeat?: { everyMs: number; timeoutMs: number };
  handshakeMs?: number;
  signal?: AbortSignal;
}

export interface ClientSession extends AsyncDisposable {
  /** By which the origin's sighting is found. */
  readonly token?: string;
  /** Whether the client holds the connection for open. */
  readonly opened: boolean;
  /** Why it was not opened. */
  readonly failure?: string;
  readonly subprotocol?: string;
  send(data: string | Uint8Array): void;
  /** The next message, or undefined when none came in time or the session ended. */
  next(withinMs?: number): Promise<string | Uint8Array | undefined>;
  /** How the client saw it end; `nothing` with code 1006 when it gave the peer up; undefined when still open. */
  ended(withinMs?: number): Promise<End | undefined>;
}

/** An answer to a plain HTTP request through the place. */
export interface HttpAnswer {
  handshake: Handshake;
  status?: number;
  headers: readonly (readonly [string, string])[];
  body: string;
  failure?: string;
}

/** Bounds that a run sets for its checks. */
export interface Patience {
  /** How long an answer that ought to come at once is waited for. */
  answerMs: number;
  /** How long a silent connection is watched for a cut. */
  idleMs: number;
}

/** What a check works with. It never knows where it runs. */
export interface Probe {
  readonly route: Route;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly hops: readonly HopRecord[];
  /** Whether the far end is an origin of ours, which answers the paths of `origins/echo` and reports what it sees. */
  readonly ours: boolean;
  readonly sightings?: Sightings;
  /** PEM of the lab's CA, and certificates of its making, for checks that put up a far end of their own. */
  readonly authority: Authority;
  /** One attempt; never throws for what the far end does. */
  dial(options?: DialOptions): Promise<Dial>;
  /** An open connection over which an echo has come back; where that cannot be had the check is skipped with the reason. */
  raw(options?: DialOptions): Promise<Peer>;
  /** The client under test. */
  readonly client: Client;
  /** What the origin saw of a connection; skips the check when the origin is not ours. */
  sighting(token: string, withinMs?: number): Promise<Sighting | undefined>;
  /** Opens the client under test at this place; it is closed with the check. */
  open(options?: ClientOptions): Promise<ClientSession>;
  /** A live stream of the client under test; skips the check when it has none. */
  live(options: Partial<LiveOptions> & { path: string }): Promise<LiveSession>;
  http(
    path: string,
    options?: {
      method?: string;
      headers?: readonly (readonly [string, string])[];
      body?: string;
      withinMs?: number;
    },
  ): Promise<HttpAnswer>;
  /** Something that a hop of this place can be made to do; undefined where none can. Only with `alone`. */
  lever(name: string): (() => Promise<void>) | undefined;
  /** Measured once per place and shared by its checks. */
  once<T>(fact: string, measure: () => Promise<T>): Promise<T>;
  /** Whose doing it is, when neither end did it: the only hop's name, `a or b` for several, the far end where there is no hop. */
  suspect(): string;
  /** Something of the check's own for the evidence. */
  note(text: string, bytes?: Uint8Array): void;
  /** Closed with the check, last first. */
  own<T extends AsyncDisposable>(resource: T): T;
  wait(ms: number): Promise<void>;
}

// -------------------------------------------------------------------------------------------------- record

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
  /** A measured time grew by more than half and by more than 50 ms. */
  slower?: string[];
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
  /** Whether the outcome differs from the expectation in a way that counts. */
  differs: boolean;
  message: string;
  expectedText?: string;
  actualText?: string;
  measured?: Measured;
  blame?: string;
  /** What each hop did to what passed, client's side first. */
  changes?: readonly HopChange[];
  /** Whether the remedy held when it was tried, and how that was seen. */
  proved?: { held: boolean; text: string };
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
