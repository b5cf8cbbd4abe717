import type { IncomingMessage } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import type { Intermediary, Site } from '../../harness/model.js';
import type { Field, Frame } from '../../harness/protocol/index.js';
import { again, perFrame } from '../../proxies/careless/frames.js';
import { handshake } from '../../proxies/careless/handshake.js';
import type { MakeSin, Sin } from '../../proxies/careless/sin.js';
import naiveCache from '../../proxies/careless/sins/naive-cache.js';
import { Listener } from '../../proxies/common/listener.js';
import { emptyAnswer, type Manners, serve } from '../../proxies/plain/serve.js';

type Own = Partial<Manners> | ((site: Site) => Partial<Manners>);

/** A reverse proxy that is sound but for these manners. */
export const hop = (manners: Own = {}, role: 'reverse' | 'forward' = 'reverse'): Intermediary => ({
  name: 'hop',
  role,
  standIn: true,
  embed: (site) =>
    serve(site, {
      via: 'hop',
      onward: ({ url }) => ({ to: site.upstream, path: url!, tls: site.upstreamTls }),
      ...(typeof manners === 'function' ? manners(site) : manners),
    }),
});

/** The same, with something of its own done to handshakes. */
export const switching = (sin: Sin): Intermediary => hop((site) => ({ switches: handshake(site, sin) }));

/** Passes frames of one way on otherwise, as `change` says of each, or not at all. */
export const reframing = (way: 'up' | 'down', change: (seen: Frame) => Partial<Frame> | undefined) =>
  switching({
    tunnel({ toClient, toOrigin }) {
      const pass = way === 'up' ? toOrigin : toClient;
      const changed = perFrame(pass, (seen) => {
        const otherwise = change(seen);
        if (otherwise) pass(again({ ...seen, ...otherwise }));
      });
      return { [way]: changed };
    },
  });

type Switch = NonNullable<Manners['switches']>;

/** Does that with the handshakes that are `meant`, and takes the others on as a sound one does. */
export const only = (
  meant: (request: IncomingMessage, early: Buffer) => boolean,
  does: (site: Site) => Switch,
): Intermediary =>
  hop((site) => {
    const [otherwise, sound] = [does(site), handshake(site, {})];
    return {
      switches: (request, socket, early, listener) =>
        (meant(request, early) ? otherwise : sound)(request, socket, early, listener),
    };
  });

/** What to do with a handshake: these octets and then FIN, or an empty answer of that status. */
export const say = (answer: number | string) => (): Switch => (_request, socket) =>
  void socket.end(typeof answer === 'number' ? emptyAnswer(answer) : answer);

/** Takes a field out of handshakes or of their answers, or puts another value into it, there or not. */
export const altering = (head: 'request' | 'answer', name: string, value?: string): Intermediary => {
  const alter = <H extends { fields: readonly Field[] }>(whole: H): H => {
    const others = whole.fields.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
    return { ...whole, fields: value === undefined ? others : [...others, [name, value] as const] };
  };
  return switching(head === 'request' ? { request: alter } : { answer: alter });
};

/**
 * A cache of pages; `over` says what it does to handshakes, which it leaves alone without, and `closed` whether it
 * refuses pages.
 */
export const cache = (
  over: (naive: Sin) => Sin = () => ({}),
  closed: () => boolean = () => false,
): Intermediary =>
  hop((site) => {
    const naive = (naiveCache as MakeSin)({ over: 0, delayMs: 0 }, site);
    return {
      answers: (request, response) =>
        closed() ? !!response.writeHead(503).end() : naive.answers!(request, response),
      through: naive.through!,
      switches: handshake(site, over(naive)),
    };
  });

/** Relays connections, but for those whose first octets are `meant`: they are left to `does`. */
export const sniffing = (
  meant: (first: Buffer) => boolean,
  does: (client: Socket) => void,
): Intermediary => ({
  name: 'sniffing',
  role: 'transparent',
  standIn: true,
  async embed({ listen, upstream }) {
    const server = createServer();
    const listener = await Listener.open(server, listen);
    server.on('connection', (client: Socket) => {
      client.once('data', (octets: Buffer) => {
        if (meant(octets)) return does(client);
        const origin = listener.keep(connect(upstream));
        origin.once('error', () => client.destroy());
        origin.write(octets);
        client.pipe(origin).pipe(client);
      });
    });
    return listener;
  },
});

/**
 * Reads the head that a connection begins with, and writes it anew as `change` says; what follows is relayed unread,
 * as proxies in tunnel mode do. Answers to a head that it `holds` are kept until the origin has ended.
 */
export const firstHeadOnly = (
  change: (head: string) => string,
  holds: (head: string) => boolean = () => false,
): Intermediary => ({
  name: 'tunnel-mode',
  role: 'reverse',
  standIn: true,
  async embed({ listen, upstream }) {
    const server = createServer({ allowHalfOpen: true });
    const listener = await Listener.open(server, listen);
    server.on('connection', (client: Socket) => {
      const origin = listener.keep(connect({ ...upstream, allowHalfOpen: true }));
      client.once('data', (octets: Buffer) => {
        const head = octets.toString('latin1');
        origin.write(change(head), 'latin1');
        if (holds(head)) return hold(client, origin);
        client.pipe(origin);
        origin.pipe(client);
      });
    });
    return listener;
  },
});

function hold(client: Socket, origin: Socket): void {
  const held: Buffer[] = [];
  origin.on('data', (octets: Buffer) => held.push(octets)).on('end', () => client.end(Buffer.concat(held)));
  client.on('end', () => origin.end()).resume();
}

/** Writes a head as most do: without spaces around values. */
export const trimmed = (head: string): string =>
  head.replace(/^([^:\r\n]+):[ \t]*(.*?)[ \t]*\r$/gm, '$1: $2\r');
