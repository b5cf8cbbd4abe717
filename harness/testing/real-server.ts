import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Address, Origin, Site } from '../model.js';
import { freePorts } from '../runtimes/process/ports.js';

const FOLDER = fileURLToPath(new URL('real/', import.meta.url));
const READY_MS = 20_000;

/** A script of `real/servers` over one of the packages of `real/package.json`. */
export interface RealServer {
  script: 'engine.io' | 'faye' | 'socket.io' | 'sockjs' | 'webpack-dev-server' | 'websocket' | 'ws';
  /** By the name that `real/package.json` gives it. */
  package: string;
  /** Starts anew when it has died, as under a supervisor. */
  restarts?: boolean;
}

/**
 * Options for a test that needs the real servers: it is skipped with the reason where they are not installed, but with
 * WSGAUNTLET_STRICT=1 it runs, and fails.
 */
export function needingReal(): { skip?: string } {
  const there = existsSync(`${FOLDER}node_modules/.package-lock.json`);
  if (there || process.env.WSGAUNTLET_STRICT === '1') return {};
  return { skip: 'the real servers are not installed: run `node scripts/real.mjs`' };
}

/** A real server that is reached by its address. */
export async function startedReal(server: RealServer): Promise<AsyncDisposable & { address: Address }> {
  const [port] = await freePorts('127.0.0.1', 1);
  const address = { host: '127.0.0.1', port: port! };
  const running = await realServer(server).embed!({ listen: address } as Site);
  return { address, [Symbol.asyncDispose]: async () => running[Symbol.asyncDispose]() };
}

/** A real server in a process of its own, so that it may die of what is tried. */
export const realServer = (server: RealServer): Origin => ({
  name: 'origin',
  title: server.package,
  role: 'origin',
  async embed({ listen }) {
    let over = false;
    let child = await started(server, listen.host, listen.port);
    const watch = () => {
      child.once('exit', () => {
        if (over || !server.restarts) return;
        const again = (next: ChildProcess) => {
          child = next;
          if (over) child.kill('SIGKILL');
          else watch();
        };
        void started(server, listen.host, listen.port).then(again, () => {});
      });
    };
    watch();
    return {
      async [Symbol.asyncDispose]() {
        over = true;
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      },
    };
  },
});

/** @throws where it ends, or says nothing in time, instead of being ready */
async function started(server: RealServer, host: string, port: number): Promise<ChildProcess> {
  const argv = [`${FOLDER}servers/${server.script}.mjs`, host, String(port), server.package];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    if (said.length < 4096) said += chunk;
  });
  const late = AbortSignal.timeout(READY_MS);
  const ready = once(child.stdout, 'data', { signal: late });
  const ended = once(child, 'exit', { signal: late }).then(() => {
    throw new Error(`${server.package} ended before it was ready: ${said}`);
  });
  try {
    await Promise.race([ready, ended]);
  } catch (fault) {
    child.kill('SIGKILL');
    throw fault;
  } finally {
    // The one that lost the race is of no interest any more.
    ready.catch(() => {});
    ended.catch(() => {});
  }
  return child;
}
