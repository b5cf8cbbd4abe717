import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTap, type Tap } from './evidence/relay.js';
import type {
  Address,
  Authority,
  Intermediary,
  Lab,
  Origin,
  Place,
  Program,
  Route,
  Runtime,
  Service,
  Sighting,
  Surroundings,
} from './model.js';
import { Book } from './sightings.js';

/** The name that a lab's certificates are made for, and that its clients ask for by SNI. */
export const LAB_NAME = 'gauntlet.test';

/** Octets of the beginning of each direction that a capture keeps: enough for any message of ours. */
const MOST_CAPTURED = 4 * 1024 * 1024;

/** Nothing here can carry a program: its scenario is skipped with these sentences. */
export class Refusal extends Error {
  override name = 'Refusal';
}

/** Tells which runtime carries a program; throws a Refusal where none does. */
export type Choose = (program: Program) => Promise<readonly Runtime[]>;

export interface LabOptions {
  authority: Authority;
  choose: Choose;
  signal: AbortSignal;
  /** Record every segment of a path with several hops, and the one before a server that is not ours; true when absent. */
  taps?: boolean;
  /** Record all segments of every path, those too that an end of ours sees by itself. */
  everySegment?: boolean;
  /** The client under test is of a user's own: nobody but a relay sees what it sends. */
  foreignClient?: boolean;
  /** Takes the secrets of the TLS sessions that ends of ours take part in. */
  keyLog?: (lines: Uint8Array) => void;
  /** How long unwinding may take, whatever the run's own deadline says. */
  teardownMs?: number;
}

/** A place, and the recordings of its segments, client's side first. */
export interface TappedPlace extends Place {
  taps: readonly Tap[];
}

/** Owns what a scenario starts: disposing it unwinds everything last-first, each part tried, within its own deadline. */
export class ScenarioLab implements Lab {
  readonly dir: string;
  readonly authority: Authority;
  readonly signal: AbortSignal;
  readonly keyLog?: (lines: Uint8Array) => void;
  readonly #book = new Book();
  readonly #choose: Choose;
  readonly #taps: boolean;
  readonly #everySegment: boolean;
  readonly #foreignClient: boolean;
  readonly #teardownMs: number;
  readonly #owned: AsyncDisposable[] = [];
  #closed = false;

  constructor(options: LabOptions) {
    this.authority = options.authority;
    this.signal = options.signal;
    this.#choose = options.choose;
    if (options.keyLog) this.keyLog = options.keyLog;
    this.#taps = options.taps ?? true;
    this.#everySegment = options.everySegment ?? false;
    this.#foreignClient = options.foreignClient ?? false;
    this.#teardownMs = options.teardownMs ?? 10_000;
    try {
      this.dir = mkdtempSync(join(tmpdir(), `wsgauntlet-${process.pid}-`));
    } catch (fault) {
      throw lacking(fault);
    }
  }

  own<T extends AsyncDisposable>(resource: T): T {
    if (this.#closed) {
      void resource[Symbol.asyncDispose]().then(undefined, () => {});
      throw new Error('the lab is already closed');
    }
    this.#owned.push(resource);
    return resource;
  }

  saw(sighting: Sighting): void {
    this.#book.add(sighting);
  }

  async open(origin: Origin | string, via: readonly Intermediary[] = []): Promise<TappedPlace> {
    const carriers = new Map<Program, readonly Runtime[]>();
    for (const program of [...via, ...(typeof origin === 'string' ? [] : [origin])]) {
      carriers.set(program, await this.#choose(program));
    }
    const firsts = [...carriers.values()].map(([first]) => first);
    const guarded = firsts.find((runtime) => runtime?.gateway);
    const bind = (await guarded?.gateway?.(this)) ?? '127.0.0.1';
    const start = (program: Program, around: Omit<Surroundings, 'bind'>) =>
      this.#start(program, carriers.get(program) ?? [], { ...around, bind });

    const far = typeof origin === 'string' ? outside(origin) : undefined;
    const near = typeof origin === 'string' ? undefined : await start(origin, {});
    const taps: Tap[] = [];
    const longer = this.#everySegment ? { first: MOST_CAPTURED } : {};
    /** The recording of a segment, in front of what it leads to. */
    const tapped = async (from: string, target: Service | Address): Promise<Service | Address> => {
      // Where one hop stands between ends of ours, these see all that there is to see.
      const byClient = from === 'client' && !this.#foreignClient;
      const byOrigin = near !== undefined && (from !== 'client' || via.length === 0);
      const seen = via.length < 2 && (byClient || byOrigin);
      if (!this.#taps || (seen && !this.#everySegment)) return target;
      const [upstream, name] = 'address' in target ? [target.address, target.name] : [target, 'origin'];
      const listen = { host: bind, port: 0 };
      const tap = this.own(await startTap({ listen, upstream, segment: `${from} → ${name}`, ...longer }));
      taps.unshift(tap);
      return tap.address;
    };
    const onward = (hop: Intermediary, target: Service | Address) => tapped(hop.name, target);
    let behind: Service | Address = near ?? far!.address;
    let tls = near ? !!(origin as Origin).tls : far!.tls;
    let parent: Service | Address | undefined;
    let method: Route['method'];
    const hops: { intermediary: Intermediary; service: Service }[] = [];
    for (const hop of [...via].reverse()) {
      if (hop.role === 'forward') {
        // Clients name the target to it: its recording where it is ours, but a user's own server as it is.
        if (!parent && 'address' in behind) behind = await onward(hop, behind);
        const beyond: { parent?: Service | Address } = parent ? { parent: await onward(hop, parent) } : {};
        const service = await start(hop, { upstream: behind, upstreamTls: tls, ...beyond });
        parent = service;
        method = hop.method;
        hops.unshift({ intermediary: hop, service });
      } else if (parent && hop.role === 'reverse') {
        throw new Error(
          `${hop.name} is a reverse proxy and cannot stand before the forward proxy ${hops[0]!.service.name}`,
        );
      } else if (parent) {
        const service = await start(hop, { upstream: await onward(hop, parent) });
        parent = service;
        hops.unshift({ intermediary: hop, service });
      } else {
        const service = await start(hop, { upstream: await onward(hop, behind), upstreamTls: tls });
        behind = service;
        if (hop.role === 'reverse') tls = !!hop.tls;
        hops.unshift({ intermediary: hop, service });
      }
    }
    let at: Address | undefined;
    if (parent) parent = await tapped('client', parent);
    else if (hops.length > 0 || near) behind = await tapped('client', behind);
    // A user's own server is asked for by its own name, wherever the connection goes.
    else at = addressOf(await tapped('client', behind));
    const target = addressOf(behind);
    const ours = !far || via.some((hop) => hop.role === 'reverse' || hop.inspects);
    const route: Route = {
      url: `${tls ? 'wss' : 'ws'}://${bracket(target.host)}:${target.port}${far?.path ?? ''}`,
      ...(parent && { proxy: `http://${bracket(addressOf(parent).host)}:${addressOf(parent).port}` }),
      ...(parent && method && { method }),
      ...(ours && { ca: this.authority.ca, servername: LAB_NAME }),
      // A literal address is no server name (RFC 6066 §3).
      ...(!ours && tls && !isIP(far!.name) && { servername: far!.name }),
      ...(at && at !== target && { at }),
      ...(this.keyLog && { keyLog: this.keyLog }),
    };
    return { route, hops, taps, ...(near && { origin: near, sightings: this.#book }) };
  }

  /** Starts it on the first runtime that does not find, at the last moment, that it cannot. */
  async #start(program: Program, runtimes: readonly Runtime[], around: Surroundings): Promise<Service> {
    const refusals: string[] = [];
    for (const runtime of runtimes) {
      this.signal.throwIfAborted();
      try {
        return this.own(await runtime.start(program, around, this));
      } catch (error) {
        if (!(error instanceof Refusal)) throw lacking(error);
        refusals.push(`${runtime.name}: ${error.message}`);
      }
    }
    throw new Refusal(refusals.join('; ') || `nothing here carries ${program.name}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const faults: unknown[] = [];
    const deadline = performance.now() + this.#teardownMs;
    for (const resource of this.#owned.reverse()) {
      const left = Math.max(deadline - performance.now(), 1000);
      await within(left, resource[Symbol.asyncDispose]()).catch((fault: unknown) => faults.push(fault));
    }
    await rm(this.dir, { recursive: true, force: true, maxRetries: 3 });
    if (faults.length > 0) throw new AggregateError(faults, `tearing down: ${faults.map(String).join('; ')}`);
  }
}

const addressOf = (target: Service | Address): Address => ('address' in target ? target.address : target);

/** What the temp folder lacks, as a sentence; any other fault as it is. */
function lacking(fault: unknown): unknown {
  const { code, syscall, message } = fault as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Error(
      `the disk that ${tmpdir()} is on is full; free some space or point TMPDIR at another folder`,
    );
  }
  if (syscall !== 'mkdtemp') return fault;
  const why = code === 'ENOENT' ? 'there is no such folder' : message;
  return new Error(`cannot make a folder in ${tmpdir()}: ${why}; point TMPDIR at another`);
}

const bracket = (host: string) => (host.includes(':') ? `[${host}]` : host);

function outside(url: string): {
  address: { host: string; port: number };
  tls: boolean;
  path: string;
  name: string;
} {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const tls = protocol === 'wss:' || protocol === 'https:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const path = pathname === '/' && search === '' ? '' : pathname + search;
  return { address: { host, port: port === '' ? (tls ? 443 : 80) : Number(port) }, tls, path, name: host };
}

async function within(ms: number, work: PromiseLike<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not stopped after ${Math.round(ms)} ms`)), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
