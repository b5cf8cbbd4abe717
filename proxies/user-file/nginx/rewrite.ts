import { basename, dirname } from 'node:path';
import type { Address, Site } from '../../../harness/model.js';
import { hostPort } from '../../common/address.js';
import { Edits } from '../edits.js';
import { absolute, type Source } from '../source.js';
import type { Found } from './find.js';
import { everywhere, flat } from './include.js';
import type { Directive, Word } from './parse.js';
import type { Addition } from './remedies.js';
import { settle, TEMP_PATHS } from './settle.js';

const PASSES = ['proxy_pass', 'fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'grpc_pass', 'memcached_pass'];

/**
 * The user's files for a site. Our listeners take the places of theirs, and our origin that of every server that they
 * forward to, so that nothing reaches what the user runs. Lines keep their numbers, unless there are additions.
 */
export function rewrite(
  main: Source,
  directives: readonly Directive[],
  found: Found,
  site: Site,
  additions: readonly Addition[] = [],
): Record<string, string> {
  const edits = new Edits();
  const say = ({ source }: Directive, word: Word | undefined, text: string) => {
    if (word) edits.replace(source, word, text);
  };
  const all = [...everywhere(directives)];
  const upstreams = new Set(
    all.flatMap(({ directive: { name, args } }) => (name === 'upstream' ? [args[0]?.text] : [])),
  );
  for (const { directive, around } of all) {
    const { name, args } = directive;
    if (name === 'server' && around.at(-1)?.name === 'upstream')
      say(directive, args[0], hostPort(site.upstream));
    else if (PASSES.includes(name)) {
      const stream = around[0]?.name === 'stream';
      say(directive, args[0], targetOf(directive, { stream, upstreams, found, site }));
    } else for (const [word, text] of settle(directive, site, dirname(main.path))) say(directive, word, text);
  }
  moveListeners(found, addressesOf(found, site), edits);
  takeAllPaths(found, say);
  complete(main, directives, site, edits);
  for (const { block, lines, instead } of additions) {
    edits.replace(block.source, { start: block.inside, end: block.inside }, `\n${lines.join('\n')}\n`);
    for (const each of instead) edits.replace(each.source, each, '');
  }
  const copies = included(main, directives, site, say);
  return Object.fromEntries([
    ['nginx.conf', edits.apply(main)],
    ...copies.map(([path, source]) => [path, edits.apply(source)]),
  ]);
}

type Say = (directive: Directive, word: Word | undefined, text: string) => void;

const otherKeys = ({ listens, listen }: Found) =>
  [...new Set(listens.map(({ key }) => key))].filter((key) => key !== listen.key);

/** The names of the further listeners, as in `Program.ports`. */
export const portsOf = (found: Found): string[] => otherKeys(found).map((_, index) => `listen-${index + 1}`);

function addressesOf(found: Found, site: Site): Map<string, Address> {
  const names = portsOf(found);
  return new Map([
    [found.listen.key, site.listen],
    ...otherKeys(found).map((key, index): [string, Address] => [key, site.ports[names[index]!]!]),
  ]);
}

/** Of several server blocks at one address, the one that is meant has to be the one that takes any Host. */
function moveListeners({ listens, listen }: Found, addresses: Map<string, Address>, edits: Edits): void {
  for (const { directive, server, key } of listens) {
    const address = hostPort(addresses.get(key)!);
    const meant = key === listen.key && server === listen.server ? ' default_server' : '';
    if (!directive) {
      edits.replace(
        server.source,
        { start: server.inside, end: server.inside },
        ` listen ${address}${meant};`,
      );
      continue;
    }
    const [first, ...parameters] = directive.args;
    edits.replace(directive.source, first!, address + (listen.stream ? '' : meant));
    for (const each of parameters) {
      const inTheWay = key === listen.key && /^default(_server)?$/.test(each.text);
      if (inTheWay || each.text.startsWith('ipv6only=')) edits.replace(directive.source, each, '');
    }
  }
}

/** Its scheme is that of what lies behind. Where the meant one changes paths it leaves them alone now. */
function targetOf(
  { name, args }: Directive,
  context: { stream: boolean; upstreams: Set<string | undefined>; found: Found; site: Site },
): string {
  const { stream, upstreams, found, site } = context;
  const parts = /^(\w+:\/\/)?(unix:[^:]*:?|[^/]*)(.*)$/s.exec(args[0]?.text ?? '') ?? [];
  const [, written = '', authority = '', rest = ''] = parts;
  const web = name === 'proxy_pass' && !stream;
  const scheme = web ? (site.upstreamTls ? 'https://' : 'http://') : written;
  const to = upstreams.has(authority) ? authority : hostPort(site.upstream);
  const path = rest !== '' && args[0] === found.forward.directive.args[0] ? '/' : rest;
  return scheme + to + path;
}

/**
 * The checks ask for paths of their own, so the location that is meant takes all of them: `^~ /` goes before every
 * regular expression. Named locations are reached from others and stay.
 */
function takeAllPaths({ forward: { locations, server } }: Found, say: Say): void {
  const meant = locations.filter(({ args }) => !args[0]?.text.startsWith('@') && !isRoot(args));
  if (meant.length === 0 || meant.length < locations.length) return;
  for (const each of meant) {
    say(each, each.args[0], '^~');
    say(each, each.args[1] ?? { ...each.args[0]!, start: each.args[0]!.end }, each.args[1] ? '/' : ' /');
  }
  for (const each of flat(server.block)) {
    if (each.name !== 'location' || !isRoot(each.args)) continue;
    each.args.forEach((word, index) => {
      say(each, word, index === 0 ? '= /gauntlet-displaced' : '');
    });
  }
}

const isRoot = (args: readonly Word[]) => ['/', '^~ /'].includes(args.map(({ text }) => text).join(' '));

/** What has to be said, and is not, goes where it moves no line. */
function complete(main: Source, directives: readonly Directive[], { dir }: Site, edits: Edits): void {
  const said = new Set([...everywhere(directives)].map(({ directive }) => directive.name));
  const atTop = flat(directives).map(({ name }) => name);
  const missing = [
    ['daemon', 'off'],
    ['user', 'root'],
    ['pid', `${dir}/nginx.pid`],
    ['error_log', `${dir}/error.log info`],
  ].filter(([name]) => !atTop.includes(name!));
  const before = missing.map(([name, value]) => `${name} ${value}; `).join('');
  const http = flat(directives).find(({ name }) => name === 'http');
  const implied = http?.inside === 0;
  edits.replace(main, { start: 0, end: 0 }, implied ? `${before}events {} http {` : before);
  if (!http) return;
  if (implied) edits.replace(main, { start: http.end, end: http.end }, '\n}\n');
  const paths = TEMP_PATHS.filter((name) => !said.has(name)).map((name) => ` ${name} ${dir}/${name};`);
  const log = flat(http.block).some(({ name }) => name === 'access_log')
    ? ''
    : ` access_log ${dir}/access.log;`;
  edits.replace(http.source, { start: http.inside, end: http.inside }, paths.join('') + log);
}

/** Where copies of included files go, in the order of nginx; each include is led to its own. */
function included(
  main: Source,
  directives: readonly Directive[],
  { dir }: Site,
  say: Say,
): [path: string, source: Source][] {
  const copies: [string, Source][] = [];
  let count = 0;
  const visit = (level: readonly Directive[]): void => {
    for (const each of level) {
      if (each.block) visit(each.block);
      if (each.name === 'include' && !each.included && each.args[0]) {
        // Not here; it may be there where the program runs.
        say(each, each.args[0], absolute(each.args[0].text, dirname(main.path)));
      }
      if (!each.included) continue;
      const folder = `include/${++count}`;
      say(each, each.args[0], `${dir}/${folder}/*`);
      each.included.forEach(({ source, directives: inner }, index) => {
        copies.push([`${folder}/${String(index).padStart(3, '0')}-${basename(source.path)}`, source]);
        visit(inner);
      });
    }
  };
  visit(directives);
  return copies;
}
