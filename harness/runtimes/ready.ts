import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import type { Program, Site } from '../model.js';
import { withLines } from './tail.js';

const AGAIN_MS = 15;
const ATTEMPT_MS = 1000;
/** A port that is forwarded to nobody is accepted first and closed at once. */
const STAYS_MS = 60;

/** What can end the wait for a program's answer. */
export interface Waiting {
  /** The end of a sentence that begins with its name: `ended with exit code 1`. */
  trouble: Promise<string>;
  logs(): string;
  signal: AbortSignal;
  withinMs: number;
}

/**
 * Resolves when the program answers. Rejects with a sentence and its own telling lines when there is trouble or no
 * answer in time, and with the signal's reason.
 */
export async function untilReady(program: Program, site: Site, waiting: Waiting): Promise<void> {
  const { signal, withinMs } = waiting;
  signal.throwIfAborted();
  const { host, port } = site.listen;
  const over = new AbortController();
  const failed = new Promise<never>((_, reject) => {
    const fail = (how: string) => reject(new Error(withLines(`${program.name} ${how}`, waiting.logs())));
    void waiting.trouble.then((how) => fail(`${how} before it was ready`));
    const late = setTimeout(
      () => fail(`did not answer at ${host}:${port} within ${withinMs / 1000} s`),
      withinMs,
    );
    over.signal.addEventListener('abort', () => clearTimeout(late));
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: over.signal });
  });
  try {
    await Promise.race([answers(program, site, over.signal), failed]);
  } finally {
    over.abort();
  }
}

/** Resolves when the program answers by the protocol of `program.ready`; rejects with the signal's reason. */
async function answers(program: Program, site: Site, signal: AbortSignal): Promise<void> {
  const { by = 'tcp', path = '/', port } = program.ready ?? {};
  const address = port === undefined ? site.listen : site.ports[port];
  if (!address) throw new Error(`${program.name} is to be asked at "${port}", which is not among its ports`);
  const tls = program.tls === true && port === undefined;
  for (;;) {
    signal.throwIfAborted();
    const socket = connect(address);
    const over = AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_MS)]);
    try {
      if (
        by === 'http' ? await httpAnswer(socket, tls, site.name, path, over) : await staysOpen(socket, over)
      )
        return;
    } finally {
      socket.destroy();
    }
    await sleep(AGAIN_MS, undefined, { signal }).catch(() => {});
  }
}

function staysOpen(socket: Socket, over: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const say = (open: boolean) => {
      clearTimeout(timer);
      resolve(open);
    };
    socket.once('connect', () => {
      timer = setTimeout(say, STAYS_MS, true);
    });
    socket.resume();
    for (const event of ['error', 'end', 'close']) socket.once(event, () => say(false));
    over.addEventListener('abort', () => say(false), { once: true });
  });
}

/** Any answer head at all: what it answers is the checks' business. */
function httpAnswer(
  raw: Socket,
  tls: boolean,
  name: string,
  path: string,
  over: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = tls ? connectTls({ socket: raw, servername: name, rejectUnauthorized: false }) : raw;
    let head = '';
    socket.on('data', (octets: Buffer) => {
      head += octets.toString('latin1');
      if (head.length >= 9) resolve(/^HTTP\/1\.\d /.test(head));
    });
    for (const stream of new Set([raw, socket])) {
      for (const event of ['error', 'end', 'close']) stream.once(event, () => resolve(false));
    }
    over.addEventListener('abort', () => resolve(false), { once: true });
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
  });
}
