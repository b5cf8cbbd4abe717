import { type Candidate, choose } from '../choose.js';
import type { Line } from '../lines.js';
import type { UserFileOptions } from '../options.js';

/** An `http_port` or `https_port` line. */
export interface Port extends Candidate {
  line: Line;
  accelerates: boolean;
  bumps: boolean;
  tls: boolean;
}

/** A `cache_peer` line. */
export interface Peer extends Candidate {
  line: Line;
  /** It is a server, and not another proxy. */
  server: boolean;
}

export interface Found {
  ports: readonly Port[];
  port: Port;
  peers: readonly Peer[];
  /** It opens the TLS that it is led through. */
  inspects: boolean;
}

/** What the file listens at and, where it is an accelerator, what it stands before. */
export function find(lines: readonly Line[], file: string, options: UserFileOptions): Found {
  const ports = lines.flatMap(portOf);
  const reachable = ports.filter(
    ({ line }) => !line.words.some(({ text }) => text === 'intercept' || text === 'tproxy'),
  );
  const port = choose(reachable, {
    file,
    flag: '--listen',
    given: options.listen,
    nothing: 'no http_port in it can be addressed by a client; one that intercepts cannot',
  });
  const peers = lines.flatMap(peerOf);
  const servers = peers.filter(({ server }) => server);
  // All of them are going to be our origin; a name is only asked whether it is one of them.
  if (port.accelerates && (servers.length === 0 || options.upstream !== undefined)) {
    choose(servers, {
      file,
      flag: '--upstream',
      given: options.upstream,
      nothing: 'it accelerates, and no cache_peer in it is an originserver',
    });
  }
  const bumping = lines.some(
    ({ words: [first, action] }) =>
      first!.text === 'ssl_bump' && /^(?:bump|(?:client|server)-first)$/.test(action?.text ?? ''),
  );
  return { ports, port, peers, inspects: port.bumps && bumping };
}

function portOf(line: Line): Port[] {
  const [first, address, ...rest] = line.words.map(({ text }) => text);
  const port = /^(?:.*:)?(\d+)$/.exec(address ?? '')?.[1];
  if ((first !== 'http_port' && first !== 'https_port') || port === undefined) return [];
  const labels = [port, `127.0.0.1:${port}`, `localhost:${port}`, `*:${port}`];
  return [
    {
      what: address!,
      where: line.source.at(line.start),
      labels,
      line,
      accelerates: rest.some((word) => /^(?:accel|vhost|defaultsite=.*)$/.test(word)),
      bumps: rest.includes('ssl-bump'),
      tls: first === 'https_port',
    },
  ];
}

function peerOf(line: Line): Peer[] {
  const [first, host, , port, , ...rest] = line.words.map(({ text }) => text);
  if (first !== 'cache_peer' || host === undefined || port === undefined) return [];
  const what = `${host}:${port}`;
  const named = rest.find((word) => word.startsWith('name='))?.slice('name='.length);
  const labels = [host, ...(named === undefined ? [] : [named])];
  return [{ what, where: line.source.at(line.start), labels, line, server: rest.includes('originserver') }];
}
