import { mkdtempSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CannotTry } from '../cannot-try.js';
import type { Client, Launched, LaunchOptions, Route } from '../model.js';
import { Door } from './door.js';
import { servePage } from './page.js';
import { startProgram } from './program.js';
import { Turns } from './turns.js';

export interface CommandOptions {
  argv: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** PEM of the lab's CA. */
  ca: string;
  /** Programs at the same time. */
  atOnce: number;
  /** The program connects anew by itself: one of it is kept for ws and one for wss, and led from lure to lure. */
  reconnects?: boolean;
  /** How long one may take from its start to its connection. */
  startMs?: number;
}

/** A client that is a program of the user's. Disposing it ends what is left of it and removes its folder. */
export interface CommandClient extends Client, AsyncDisposable {}

/**
 * Words of the command line: `{url}` is where to connect to; `{page}` a page for browsers that does; `{host}` and `{port}` of
 * the URL; `{ca}` the file of the lab's CA; `{dir}` a fresh folder for each start.
 */
export async function commandClient(options: CommandOptions): Promise<CommandClient> {
  const { argv, cwd, atOnce, reconnects = false } = options;
  // It is swept by a later run where this one is killed.
  const folder = mkdtempSync(join(tmpdir(), `wsgauntlet-${process.pid}-`));
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, options.ca);
  const page = await servePage();
  const turns = new Turns(reconnects ? Number.POSITIVE_INFINITY : atOnce);
  const doors = { ws: new Door(), wss: new Door() };
  const running = new Set<Launched>();
  let over = false;
  let count = 0;

  const start = async (url: string, proxy?: string): Promise<Launched> => {
    if (over) throw new Error('the audit is over');
    const dir = join(folder, `run-${++count}`);
    await mkdir(dir);
    const { hostname, port } = new URL(url);
    const words: Record<string, string> = { url, page: page.of(url), host: hostname, port, ca, dir };
    const filled = argv.map((word) =>
      word.replace(/\{(url|page|host|port|ca|dir)\}/g, (_, name: string) => words[name]!),
    );
    const env = environment(options.env, { url, ca, ...(proxy && { proxy }) });
    const program = await startProgram({ argv: filled, env, cwd, notes: folder, url }).catch(
      (fault: unknown) => {
        throw new Error(
          `the command ${filled[0]} cannot be started: ${(fault as NodeJS.ErrnoException).code ?? String(fault)}`,
        );
      },
    );
    if (over) {
      await program[Symbol.asyncDispose]();
      throw new Error('the audit is over');
    }
    running.add(program);
    return {
      ...program,
      async [Symbol.asyncDispose]() {
        running.delete(program);
        await program[Symbol.asyncDispose]();
        await rm(dir, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
      },
    };
  };

  return {
    name: basename(argv[0] ?? 'command'),
    ...(options.startMs !== undefined && { startMs: options.startMs }),
    async open() {
      throw new CannotTry('it takes a client that can be told what to send, and a command cannot');
    },
    async launch({ url }: Route, { proxy, extra, signal }: LaunchOptions): Promise<Launched> {
      const give = extra ? () => {} : await turns.take(signal);
      try {
        const program =
          reconnects && !proxy && !extra
            ? await doors[url.startsWith('wss') ? 'wss' : 'ws'].lead(url, (fixed) => start(fixed), signal)
            : await start(url, proxy);
        return {
          ...program,
          async [Symbol.asyncDispose]() {
            await program[Symbol.asyncDispose]();
            give();
          },
        };
      } catch (fault) {
        give();
        throw fault;
      }
    },
    async [Symbol.asyncDispose]() {
      over = true;
      await Promise.allSettled([
        ...[...running].map((program) => program[Symbol.asyncDispose]()),
        doors.ws[Symbol.asyncDispose](),
        doors.wss[Symbol.asyncDispose](),
        page[Symbol.asyncDispose](),
      ]);
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** What the program finds in its environment: its user's, where to connect to, whom to trust, and which proxy to use. */
function environment(
  own: CommandOptions['env'],
  { url, ca, proxy }: { url: string; ca: string; proxy?: string },
): Record<string, string | undefined> {
  const env: Record<string, string | undefined> = { ...own };
  for (const name of Object.keys(env)) if (/^(?:https?|wss?|all|no)_proxy$/i.test(name)) delete env[name];
  const proxies = ['http_proxy', 'https_proxy', 'ws_proxy', 'wss_proxy', 'all_proxy'];
  if (proxy !== undefined) {
    for (const name of proxies) env[name] = env[name.toUpperCase()] = proxy;
    // Node.js from 24 on goes by these variables where it is told to.
    env.NODE_USE_ENV_PROXY = '1';
  } else {
    env.no_proxy = env.NO_PROXY = 'localhost,127.0.0.1,::1';
  }
  return { ...env, WSGAUNTLET_URL: url, WSGAUNTLET_CA: ca, NODE_EXTRA_CA_CERTS: ca, SSL_CERT_FILE: ca };
}
