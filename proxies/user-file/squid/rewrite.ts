import { basename } from 'node:path';
import type { Site } from '../../../harness/model.js';
import { hostPort } from '../../common/address.js';
import { certgen } from '../../squid/certgen.js';
import { Edits } from '../edits.js';
import type { Line, LineWord } from '../lines.js';
import type { Source } from '../source.js';
import type { Found, Peer, Port } from './find.js';
import type { Whole } from './parse.js';
import type { Addition } from './remedies.js';

/** Of the machine: disks, other instances, other proxies. */
const NOT_HERE =
  /^(?:cache_dir|chroot|workers|logfile_daemon|icp_port|htcp_port|snmp_port|store_id_program|url_rewrite_program)$/;

/** What has to be said in a private folder, and at most once. */
const settings = ({ dir, ca }: Site, inspects: boolean): Readonly<Record<string, string>> => ({
  pid_filename: `${dir}/squid.pid`,
  cache_log: `${dir}/cache.log`,
  coredump_dir: dir,
  netdb_filename: 'none',
  pinger_enable: 'off',
  shutdown_lifetime: '0 seconds',
  ...(inspects && {
    sslcrtd_program: `/bin/sh ${dir}/certgen.sh`,
    tls_outgoing_options: `cafile=${ca}`,
  }),
});

/**
 * The user's files for a site. Our listeners take the places of theirs, our origin that of every server that they
 * accelerate; other proxies are not asked, and nothing is kept on disk. Lines keep their numbers, unless there is an
 * addition.
 */
export function rewrite(
  main: Source,
  { lines, inclusions }: Whole,
  found: Found,
  site: Site,
  addition?: Addition,
): Record<string, string> {
  const edits = new Edits();
  const leaveOut = (line: Line) => edits.replace(line.source, line, '');
  const fixed = settings(site, found.inspects);
  for (const line of lines) {
    const [first, second] = line.words;
    const name = first!.text;
    const port = found.ports.find((each) => each.line === line);
    const peer = found.peers.find((each) => each.line === line);
    if (port) movePort(port, found, site, edits);
    else if (peer) peer.server ? movePeer(peer, site, edits) : leaveOut(line);
    else if (fixed[name] !== undefined || NOT_HERE.test(name) || leftBehind(line, found)) leaveOut(line);
    else if (name === 'access_log' && second && second.text !== 'none') {
      edits.replace(line.source, second, `stdio:${site.dir}/access.log`);
    }
  }
  for (const line of addition?.instead ?? []) leaveOut(line);
  const top = addition?.lines.map((line) => `${line}\n`).join('') ?? '';
  const copies = inclusions.flatMap(({ line, sources }, index) => {
    const folder = `include/${index + 1}`;
    const all = sources.length > 0 ? `include ${site.dir}/${folder}/*` : '';
    edits.replace(line.source, line, all);
    return sources.map((source, nth): [string, Source] => [
      `${folder}/${String(nth).padStart(3, '0')}-${basename(source.path)}`,
      source,
    ]);
  });
  const more = Object.entries(fixed).map(([name, value]) => `${name} ${value}\n`);
  const logs = lines.some(({ words }) => words[0]!.text === 'access_log');
  if (!logs) more.push(`access_log stdio:${site.dir}/access.log\n`);
  return {
    'squid.conf': `${top}${edits.apply(main)}\n${more.join('')}`,
    ...Object.fromEntries(copies.map(([path, source]) => [path, edits.apply(source)])),
    ...(found.inspects && { 'certgen.sh': certgen }),
  };
}

/** What speaks of a proxy that is not asked. */
function leftBehind({ words }: Line, { peers }: Found): boolean {
  const [name, subject] = words.map(({ text }) => text);
  const proxies = peers.filter(({ server }) => !server);
  if (proxies.length === 0) return false;
  if (name === 'never_direct') return peers.length === proxies.length;
  return name === 'cache_peer_access' && proxies.some(({ labels }) => labels.includes(subject ?? ''));
}

const others = ({ ports, port }: Found): Port[] => ports.filter((each) => each !== port);

export const portsOf = (found: Found): string[] => others(found).map((_, index) => `port-${index + 1}`);

function movePort({ line }: Port, found: Found, site: Site, edits: Edits): void {
  const index = others(found).findIndex((each) => each.line === line);
  const address = index < 0 ? site.listen : site.ports[portsOf(found)[index]!]!;
  const makes = found.inspects && line.words.some(({ text }) => text === 'ssl-bump');
  const [, written, ...parameters] = line.words;
  edits.replace(line.source, written!, hostPort(address));
  const has = (pattern: RegExp) => parameters.find(({ text }) => pattern.test(text));
  const cert = has(/^(?:tls-)?cert=/);
  const key = has(/^(?:tls-)?key=/);
  const say = (word: LineWord | undefined, text: string) => word && edits.replace(line.source, word, text);
  const pem = makes ? { cert: site.ca, key: site.caKey } : site;
  say(cert, `tls-cert=${pem.cert}${key ? '' : ` tls-key=${pem.key}`}`);
  say(key, `tls-key=${pem.key}`);
  // What intercepts cannot have its traffic here.
  say(has(/^(?:intercept|tproxy)$/), '');
}

function movePeer({ line }: Peer, site: Site, edits: Edits): void {
  const [, host, , port, , ...parameters] = line.words;
  const say = (word: LineWord, text: string) => edits.replace(line.source, word, text);
  say(host!, site.upstream.host);
  say(port!, String(site.upstream.port));
  // As squid() has it: the lab's CA, and the lab's name on the certificate.
  const wanted: [RegExp, string][] = [
    [/^(?:tls|ssl)$/, 'tls'],
    [/^(?:tls-|ssl)cafile=/, `tls-cafile=${site.ca}`],
    [/^ssldomain=/, `ssldomain=${site.name}`],
  ];
  const end = line.words.at(-1)!.end;
  for (const [pattern, text] of wanted) {
    const word = parameters.find((each) => pattern.test(each.text));
    if (word) say(word, site.upstreamTls ? text : '');
    else if (site.upstreamTls) edits.replace(line.source, { start: end, end }, ` ${text}`);
  }
}
