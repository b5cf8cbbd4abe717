import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Exit, Launched } from '../model.js';
import { reset, unlessReset } from '../reset.js';
import { HOST } from './stand.js';
import { Turns } from './turns.js';

/**
 * One address for a program that connects again and again, and behind it one lure after the other: octets, FIN and RST
 * pass as they come. Between two lures connections are let in and reset.
 */
export class Door implements AsyncDisposable {
  readonly #turns = new Turns(1);
  readonly #open = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;
  #behind: number | undefined;
  #program: Launched | undefined;
  #exit: Exit | undefined;

  /** Leads the program to the lure at that URL, and starts it where it does not run. What it gives ends that turn, not the program. */
  async lead(url: string, start: (url: string) => Promise<Launched>, signal: AbortSignal): Promise<Launched> {
    const give = await this.#turns.take(signal);
    try {
      await this.#listen();
      const { protocol, port } = new URL(url);
      this.#behind = Number(port);
      if (!this.#program || this.#exit) {
        await this.#program?.[Symbol.asyncDispose]();
        this.#exit = undefined;
        const program = await start(`${protocol}//${HOST}:${this.#port}`);
        this.#program = program;
        void program.exited.then((exit) => {
          if (this.#program === program) this.#exit = exit;
        });
      }
      const program = this.#program;
      const beforeKb = program.forgetPeak();
      return {
        ...program,
        startedAt: performance.now(),
        ...(beforeKb !== undefined && { beforeKb }),
        [Symbol.asyncDispose]: async () => {
          this.#behind = undefined;
          for (const socket of this.#open) socket.destroy();
          give();
        },
      };
    } catch (fault) {
      give();
      throw fault;
    }
  }

  async #listen(): Promise<void> {
    if (this.#server) return;
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#pass(client));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  #pass(client: Socket): void {
    this.#keep(client);
    if (this.#behind === undefined || !this.#server) return void client.resetAndDestroy();
    const lure = connect({ port: this.#behind, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    this.#keep(lure);
    for (const [from, to] of [
      [client, lure],
      [lure, client],
    ] as const) {
      from.on('data', (chunk: Buffer) => {
        if (to.writable && !to.write(chunk)) {
          from.pause();
          to.once('drain', () => from.resume());
        }
      });
      from.on('end', () => unlessReset(from, () => to.end()));
      from.on('error', () => reset(to));
    }
  }

  #keep(socket: Socket): void {
    this.#open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => this.#open.delete(socket));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    const closed = server && new Promise((done) => server.close(done));
    for (const socket of this.#open) socket.destroy();
    await this.#program?.[Symbol.asyncDispose]();
    await closed;
  }
}
