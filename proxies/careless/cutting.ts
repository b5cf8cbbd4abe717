import { connect, createServer, type Socket } from 'node:net';
import type { Intermediary } from '../../harness/model.js';
import { reset } from '../../harness/reset.js';
import { Listener } from '../common/listener.js';

/**
 * How a connection is cut: both sides are told by FIN or by RST; only one side is; nobody is and nothing passes
 * any more (`silence`); or nobody is until the client speaks again, which is answered with RST (`forget`).
 */
export type Cut = 'fin' | 'rst' | 'client-only' | 'origin-only' | 'silence' | 'forget';

export interface CuttingOptions {
  /** Cut after so many ms of silence. */
  idleMs?: number;
  /** Which way data has to flow to count against silence; either when absent. */
  heeds?: 'up' | 'down';
  /** Cut at this age, whatever flows. */
  ageMs?: number;
  /** Cut only one of so many connections. */
  oneIn?: number;
  /** How those two cut; with FIN when absent. */
  how?: Cut;
  /** What its levers do to all open connections. */
  levers?: Readonly<Record<string, Cut>>;
}

/** A TCP relay that cuts connections, more or less well. For tests of checks. */
export function cutting(options: CuttingOptions = {}): Intermediary {
  const links = new Set<Link>();
  let seen = 0;
  const pull = (cut: Cut) => async () => {
    for (const link of links) link.cut(cut);
  };
  const levers = Object.entries(options.levers ?? {}).map(([name, cut]) => [name, pull(cut)]);
  return {
    name: 'cutting',
    title: 'a relay that cuts',
    role: 'transparent',
    standIn: true,
    levers: () => Object.fromEntries(levers),
    async embed({ listen, upstream }) {
      const server = createServer({ allowHalfOpen: true, noDelay: true });
      const listener = await Listener.open(server, listen);
      server.on('connection', (client: Socket) => {
        const origin = listener.keep(connect({ ...upstream, allowHalfOpen: true, noDelay: true }));
        const spared = seen++ % (options.oneIn ?? 1) !== 0;
        const link = new Link(client, origin, spared ? {} : options);
        links.add(link);
        client.once('close', () => links.delete(link));
      });
      return listener;
    },
  };
}

class Link {
  #dead: Cut | undefined;

  constructor(
    readonly client: Socket,
    readonly origin: Socket,
    { idleMs, ageMs, heeds, how = 'fin' }: CuttingOptions,
  ) {
    const idle = idleMs === undefined ? undefined : setTimeout(() => this.cut(how), idleMs);
    const age = ageMs === undefined ? undefined : setTimeout(() => this.cut(how), ageMs);
    const carry = (from: Socket, to: Socket, heeded: boolean) => {
      from.on('data', (octets) => {
        if (this.#dead === 'forget' && from === client) reset(from);
        if (this.#dead) return;
        if (heeded) idle?.refresh();
        to.write(octets);
      });
      from.on('end', () => this.#dead || to.end());
      from.on('close', (failed) => {
        if (!this.#dead && failed) reset(to);
        clearTimeout(idle);
        clearTimeout(age);
      });
    };
    carry(client, origin, heeds !== 'down');
    carry(origin, client, heeds !== 'up');
  }

  cut(how: Cut): void {
    if (this.#dead) return;
    this.#dead = how;
    const told = { 'client-only': [this.client], 'origin-only': [this.origin] } as const;
    if (how === 'rst') for (const side of [this.client, this.origin]) reset(side);
    else if (how === 'fin') for (const side of [this.client, this.origin]) side.destroySoon();
    else if (how !== 'silence' && how !== 'forget') for (const side of told[how]) side.destroySoon();
  }
}
