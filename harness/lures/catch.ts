import { CannotTry } from '../cannot-try.js';
import type {
  Authority,
  Caught,
  Client,
  ClientSession,
  Exit,
  Habits,
  Launched,
  Lure,
  Route,
} from '../model.js';
import { within } from '../patience.js';
import { show } from '../protocol/index.js';
import { crashOf } from './crash.js';
import { heldOf } from './held.js';
import { HOST, NAME, putUp, type Stand } from './stand.js';
import type { Note } from './visit.js';

/** For what is on its way when a program has ended. */
const GONE_MS = 50;
/** For another connection of one that was turned away. */
const TURNED_MS = 300;

/** Who is caught, and by what rules. */
export interface Trapper {
  client: Client;
  authority: Authority;
  signal: AbortSignal;
  note: Note;
  /** How long an answer that ought to come at once is waited for. */
  answerMs: number;
  /** How long a program may take from its start to its request. */
  startMs: number;
}

/** Puts the lure up, has the client come, and resolves once the first visit is served, or none will come. */
export async function catchClient(
  lure: Lure,
  trapper: Trapper,
  habits: () => Promise<Habits>,
): Promise<Caught> {
  const { client, authority, signal, note, answerMs, startMs } = trapper;
  let served!: (fault?: unknown) => void;
  const first = new Promise<unknown>((resolve) => {
    served = resolve;
  });
  const serve: Lure['serve'] = async (visit) => {
    try {
      await lure.serve(visit);
      served();
    } catch (fault) {
      served(fault);
    }
  };
  const stand = await putUp(authority, { ...lure, serve }, note, client.launch ? HOST : NAME);
  const closing: AsyncDisposable[] = [stand];
  try {
    const parts = { stand, habits, answerMs };
    if (client.launch) {
      const route = routeOf(stand, lure, authority, HOST);
      const programs: Launched[] = [];
      for (let i = 0; i < (lure.clients ?? 1); i++) {
        const proxy = lure.proxy === undefined ? {} : { proxy: lure.proxy };
        const program = await client.launch(route, { signal, extra: lure.waits || i > 0, ...proxy });
        closing.push(program);
        programs.push(program);
      }
      const gone = Promise.all(programs.map(({ exited }) => exited));
      // Who does not like a certificate goes away, and may live on.
      const away = lure.certificate ? [stand.turnedAway.then(() => within(TURNED_MS, first))] : [];
      const settled = Promise.race([
        first,
        gone.then(() => within(GONE_MS, first)),
        ...away,
        within(startMs, first),
      ]);
      const fault = await orAbort(settled, signal);
      if (fault) throw fault;
      // Who is being served is waited for.
      if (stand.visits.length > 0) await orAbort(first, signal);
      return new LiveCaught({ ...parts, url: route.url, program: programs[0]! }, closing);
    }
    const route = routeOf(stand, lure, authority, '127.0.0.1');
    const sessions: ClientSession[] = [];
    let fault: unknown;
    await Promise.all(
      Array.from({ length: lure.clients ?? 1 }, async () => {
        const session = await client.open(route, {
          path: lure.path ?? '/echo',
          signal,
          handshakeMs: answerMs,
          ...(lure.subprotocols && { subprotocols: lure.subprotocols }),
        });
        closing.push(session);
        sessions.push(session);
      }),
    );
    if (stand.visits.length > 0) fault = await orAbort(first, signal);
    if (fault) throw fault;
    return new LiveCaught({ ...parts, url: route.url, session: sessions[0]! }, closing);
  } catch (fault) {
    await closeAll(closing);
    throw fault;
  }
}

function routeOf({ port }: Stand, lure: Lure, authority: Authority, host: string): Route {
  return {
    url: `${lure.certificate ? 'wss' : 'ws'}://${host}:${port}`,
    ...(lure.certificate && { ca: authority.ca, servername: host === HOST ? HOST : NAME }),
  };
}

function orAbort(work: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

interface Parts {
  stand: Stand;
  habits: () => Promise<Habits>;
  answerMs: number;
  url: string;
  session?: ClientSession;
  program?: Launched;
}

class LiveCaught implements Caught {
  constructor(
    private readonly parts: Parts,
    private readonly closing: AsyncDisposable[],
  ) {}

  get visits() {
    return this.parts.stand.visits;
  }

  get visit() {
    return this.parts.stand.visits[0];
  }

  get url(): string {
    return this.parts.program?.url ?? this.parts.url;
  }

  get beforeKb(): number | undefined {
    return this.parts.program?.beforeKb;
  }

  get name(): string {
    return this.parts.program ? HOST : NAME;
  }

  get turnedAway(): boolean {
    return this.parts.stand.turned;
  }

  get opened(): boolean | undefined {
    return this.parts.session?.opened;
  }

  get failure(): string {
    const { session, program, stand } = this.parts;
    if (session) return session.failure ?? 'no reason given';
    const said = lastLine(program?.lines() ?? '');
    if (said) return show(said, 200);
    return stand.failures[0] ?? 'it said nothing';
  }

  async held(withinMs = this.parts.answerMs) {
    const { visit } = this;
    if (this.opened === false) return { as: 'failed' as const, told: `it says: ${show(this.failure)}` };
    if (!visit) throw new CannotTry('the client did not come');
    return heldOf(visit, await this.parts.habits(), withinMs);
  }

  async exit(withinMs: number): Promise<Exit | undefined> {
    return this.parts.program && within(withinMs, this.parts.program.exited);
  }

  async crash(withinMs: number): Promise<string | undefined> {
    const exit = await this.exit(withinMs);
    return exit && crashOf(exit, this.parts.program!.lines());
  }

  get peakKb(): number | undefined {
    return this.parts.program?.peakKb();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return closeAll(this.closing);
  }
}

const lastLine = (lines: string): string | undefined =>
  lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(?:at |Node\.js v\d)/.test(line))
    .find((line, i, all) => /error|exception|refus|fail|certif/i.test(line) || i === all.length - 1);

async function closeAll(closing: AsyncDisposable[]): Promise<void> {
  const faults: unknown[] = [];
  for (const one of closing.splice(0).reverse()) {
    await Promise.resolve(one[Symbol.asyncDispose]()).catch((fault: unknown) => faults.push(fault));
  }
  if (faults.length > 0) throw new AggregateError(faults, faults.map(String).join('; '));
}
