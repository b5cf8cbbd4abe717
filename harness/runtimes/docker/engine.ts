import { existsSync } from 'node:fs';
import { connect as connectTo } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { Refusal } from '../../lab.js';

const CALL_MS = 15_000;
const HELLO_MS = 5_000;

/** A Docker engine that answered. */
export interface Engine {
  /** Gives a call up when nothing comes for long; a hung engine must not keep us from ending. */
  docker: Docker;
  /** For calls that last as long as what they follow. */
  following: Docker;
  /** As users write it: `unix:///var/run/docker.sock`. */
  endpoint: string;
  version: string;
  /**
   * Awaits one call, at most so long. Rejects with an EngineAnswer where the engine answered an error, else with a
   * sentence that it stopped answering; `doing` is what for, as in `starting nginx`.
   */
  call<T>(doing: string, call: Promise<T>, withinMs?: number): Promise<T>;
  /** The same for a removal. That the engine is lost is said by the first; for the others it goes without saying. */
  remove(doing: string, call: Promise<unknown>, withinMs?: number): Promise<void>;
}

/** Finds the engine that DOCKER_HOST or the platform's default names. Rejects with a Refusal where none will do. */
export async function connect(): Promise<Engine> {
  const endpoint = process.env.DOCKER_HOST || usualEndpoint();
  let Client: typeof Docker;
  let version: string;
  try {
    await knock(endpoint);
    // It takes a quarter of a second to load, which those without an engine are spared.
    Client = (await import('dockerode')).default;
    const info = await within(HELLO_MS, new Client({ timeout: HELLO_MS }).info());
    version = info.ServerVersion;
    if (info.OSType !== 'linux') throw new Error(`it runs ${info.OSType} containers`);
    // Its network lives apart from this machine's, which keeps containers from reaching our origin.
    if (info.SecurityOptions?.includes('name=rootless')) throw new Error('it is rootless');
  } catch (error) {
    throw new Refusal(`no usable Docker engine at ${endpoint}: ${reason(error)}; ${help(error)}`);
  }
  const call: Engine['call'] = async (doing, called, withinMs = CALL_MS) => {
    try {
      return await within(withinMs, called);
    } catch (error) {
      const { statusCode } = error as { statusCode?: number };
      if (statusCode !== undefined) throw new EngineAnswer(`${doing}: ${reason(error)}`, statusCode);
      throw new Error(`the Docker engine at ${endpoint} stopped answering (${doing}): ${reason(error)}`);
    }
  };
  let told = false;
  return {
    docker: new Client({ timeout: CALL_MS }),
    following: new Client(),
    endpoint,
    version,
    call,
    async remove(doing, called, withinMs) {
      try {
        await call(doing, called, withinMs);
      } catch (error) {
        if (error instanceof EngineAnswer) throw error;
        if (told) return;
        told = true;
        throw new Error(`${(error as Error).message}; the next run removes what is left there`);
      }
    },
  };
}

/** Where the client looks as well when DOCKER_HOST says nothing. */
function usualEndpoint(): string {
  if (process.platform === 'win32') return 'npipe:////./pipe/docker_engine';
  const places = ['/var/run/docker.sock', join(homedir(), '.docker/run/docker.sock')];
  return `unix://${places.find((place) => existsSync(place)) ?? places[0]}`;
}

/** Rejects when nobody listens at a socket of this machine. */
function knock(endpoint: string): Promise<void> {
  const [, path] = /^unix:\/\/(.+)$/.exec(endpoint) ?? [];
  if (path === undefined) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const socket = connectTo(path, () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}

/** The engine answered, with an error. */
export class EngineAnswer extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

async function within<T>(ms: number, call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What an error of the client says, without its wrapping. */
export function reason(error: unknown): string {
  const { json, message } = error as { json?: { message?: string }; message?: string };
  return (json?.message ?? message ?? String(error)).replace(/^\(HTTP code \d+\) [^-]*- /, '').trim();
}

function help(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (process.env.DOCKER_HOST) return 'check DOCKER_HOST, or start that engine';
  if (code === 'EACCES') return 'join its group with: sudo usermod -aG docker $USER (and log in again)';
  if (process.platform !== 'linux') return 'start Docker Desktop';
  return installed() ? 'start it with: systemctl start docker' : 'install it with: apt-get install docker.io';
}

const installed = (): boolean =>
  ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/snap/bin'].some((folder) =>
    existsSync(join(folder, 'dockerd')),
  );
