import { type Candidate, choose, UserFileError } from '../choose.js';
import type { UserFileOptions } from '../options.js';
import { everywhere, flat } from './include.js';
import type { Directive } from './parse.js';

/** An address that a server block listens at; `directive` is absent where nginx's default is meant. */
export interface Listen extends Candidate {
  directive?: Directive;
  server: Directive;
  /** Server blocks with the same key share a socket. */
  key: string;
  port: number;
  ssl: boolean;
  stream: boolean;
}

/** A `proxy_pass` of a server block. */
export interface Forward extends Candidate {
  directive: Directive;
  server: Directive;
  /** The location blocks around it, outermost first. */
  locations: readonly Directive[];
  /** It sets the Upgrade header. */
  upgrade: boolean;
}

export interface Found {
  listens: readonly Listen[];
  listen: Listen;
  forward: Forward;
}

/** What the file listens at and what it forwards to, and which of these is meant. */
export function find(directives: readonly Directive[], file: string, options: UserFileOptions): Found {
  const servers = [...everywhere(directives)].filter(
    ({ directive, around }) => directive.name === 'server' && directive.block && around.length === 1,
  );
  const listens = servers.flatMap(({ directive, around }) => listensOf(directive, around[0]!));
  const pools = poolsOf(directives);
  const forwards = servers.flatMap(({ directive, around }) => forwardsOf(directive, around[0]!, pools));
  const forward = chooseForward(forwards, listens, file, options);
  const own = withoutTwins(listens.filter(({ server }) => server === forward.server));
  const listen = choose(own, {
    file,
    flag: '--listen',
    given: options.listen,
    nothing: `the server block at ${forward.server.source.at(forward.server.start)} listens at no TCP address`,
  });
  if (listen.directive?.args.some(({ text }) => text === 'proxy_protocol')) {
    throw new UserFileError(
      `${listen.where}: it listens for the PROXY protocol, which no client of ours speaks; remove proxy_protocol to try the rest`,
    );
  }
  return { listens, listen, forward };
}

function chooseForward(
  forwards: readonly Forward[],
  listens: readonly Listen[],
  file: string,
  { listen, upstream }: UserFileOptions,
): Forward {
  const asked = { file, flag: '--upstream', given: upstream } as const;
  const nothing = 'no server block in it has a proxy_pass';
  const reachable =
    listen === undefined ? forwards : forwards.filter(({ server }) => listensBy(listens, server, listen));
  // An address that nobody listens at is for the choice of the listener to complain about.
  const all = reachable.length > 0 ? reachable : forwards;
  if (upstream !== undefined) {
    const named = all.filter((each) => each.what === upstream || each.labels.includes(upstream));
    if (named.length > 0) return preferred(named) ?? choose(named, { ...asked, given: undefined, nothing });
  }
  return (upstream === undefined ? preferred(all) : undefined) ?? choose(all, { ...asked, nothing });
}

/** The one that is for WebSocket; or, where all go to one place, the one for all paths. */
function preferred(forwards: readonly Forward[]): Forward | undefined {
  const upgrading = forwards.filter(({ upgrade }) => upgrade);
  if (upgrading.length > 0) return upgrading.length === 1 ? upgrading[0] : undefined;
  if (
    new Set(forwards.map(({ labels: [target], server }) => `${target} ${server.source.at(server.start)}`))
      .size > 1
  )
    return undefined;
  return (
    forwards.find(({ locations }) => locations.length === 1 && locations[0]!.args[0]?.text === '/') ??
    forwards[0]
  );
}

const listensBy = (listens: readonly Listen[], server: Directive, given: string) =>
  listens.some(
    (each) =>
      each.server === server &&
      (each.what === given || each.labels.includes(given) || each.where.endsWith(given)),
  );

/** The same port by IPv4 and by IPv6 is one address to choose. */
function withoutTwins(listens: readonly Listen[]): Listen[] {
  return listens.filter(
    (each, index) => listens.findIndex(({ port, ssl }) => port === each.port && ssl === each.ssl) === index,
  );
}

function listensOf(server: Directive, context: Directive): Listen[] {
  const stream = context.name === 'stream';
  const directives = flat(server.block).filter(({ name }) => name === 'listen');
  if (directives.length === 0) {
    const where = server.source.at(server.start);
    return [
      { what: '*:80', where, labels: ['80', '*:80'], server, key: '*:80', port: 80, ssl: false, stream },
    ];
  }
  return directives.flatMap((directive): Listen[] => {
    const [address = '', ...parameters] = directive.args.map(({ text }) => text);
    const [, host = '*', port = '80'] = /^\d+$/.test(address)
      ? [address, '*', address]
      : (/^(\[.*\]|[^:]+)(?::(\d+))?$/.exec(address) ?? []);
    const datagrams = parameters.includes('udp') || parameters.includes('quic');
    if (address === '' || address.startsWith('unix:') || datagrams) return [];
    const key = `${host === '0.0.0.0' ? '*' : host}:${port}`;
    const labels = [port, key, `127.0.0.1:${port}`, `localhost:${port}`];
    const where = directive.source.at(directive.start);
    return [
      {
        what: address,
        where,
        labels,
        directive,
        server,
        key,
        port: Number(port),
        ssl: parameters.includes('ssl'),
        stream,
      },
    ];
  });
}

function forwardsOf(
  server: Directive,
  context: Directive,
  pools: ReadonlyMap<string, readonly string[]>,
): Forward[] {
  return [...everywhere(server.block!)].flatMap(({ directive, around }): Forward[] => {
    const target = directive.args[0]?.text;
    if (directive.name !== 'proxy_pass' || target === undefined) return [];
    const locations = around.filter(({ name }) => name === 'location');
    const authority = /^(?:\w+:\/\/)?([^/]*)/.exec(target)?.[1] ?? '';
    const paths = locations.map(({ args }) => args.map(({ text }) => text).join(' '));
    return [
      {
        what: paths.length > 0 ? `${target} for ${paths.at(-1)}` : target,
        where: directive.source.at(directive.start),
        labels: [
          target,
          authority,
          ...(pools.get(authority) ?? []),
          ...paths,
          ...locations.map(({ args }) => args.at(-1)!.text),
        ],
        directive,
        server,
        locations,
        upgrade: setsUpgrade([context, server, ...around]),
      },
    ];
  });
}

/** The servers of each upstream block. */
function poolsOf(directives: readonly Directive[]): Map<string, string[]> {
  const blocks = [...everywhere(directives)]
    .map(({ directive }) => directive)
    .filter(({ name }) => name === 'upstream');
  return new Map(
    blocks.map(({ args, block }) => [
      args[0]?.text ?? '',
      flat(block).flatMap(({ name, args: [address] }) =>
        name === 'server' && address ? [address.text] : [],
      ),
    ]),
  );
}

/** proxy_set_header is inherited by blocks that have none of their own. */
function setsUpgrade(blocks: readonly Directive[]): boolean {
  const headers = blocks
    .map(({ block }) => flat(block).filter(({ name }) => name === 'proxy_set_header'))
    .findLast((own) => own.length > 0);
  return headers?.some(({ args }) => args[0]?.text.toLowerCase() === 'upgrade') ?? false;
}
