import type { Site } from '../../../harness/model.js';
import { hostPort } from '../../common/address.js';
import { Edits } from '../edits.js';
import type { Line, LineWord } from '../lines.js';
import type { Source } from '../source.js';
import type { Bind, Found } from './find.js';
import { linesWith, type Section, valueBehind } from './parse.js';
import type { Addition } from './remedies.js';

/** Of the machine and of the account that it would run as. */
const NOT_HERE =
  /^(?:chroot|user|group|uid|gid|daemon|pidfile|master-worker|nbproc|cpu-map|unix-bind|localpeer|hard-stop-after)$/;
/** Parameters of servers that ask for more than an origin of ours does; with the number of words behind them. */
const UNASKED = {
  check: 0,
  'check-ssl': 0,
  'check-send-proxy': 0,
  'agent-check': 0,
  track: 1,
  'send-proxy': 0,
  'send-proxy-v2': 0,
};

/**
 * The user's file for a site. Our listeners take the places of its own, and our origin that of every server, which is
 * believed to be up; what it would do to the machine is left out. Lines keep their numbers, unless there is an addition.
 */
export function rewrite(
  source: Source,
  sections: readonly Section[],
  found: Found,
  site: Site,
  addition?: Addition,
): Record<string, string> {
  const edits = new Edits();
  const say = (word: LineWord, text: string) => edits.replace(source, word, text);
  const leaveOut = (line: Line) => edits.replace(source, line, '');
  for (const section of sections) {
    const servers = ['server', 'server-template', 'default-server'].flatMap((word) =>
      linesWith(section, word),
    );
    for (const line of servers) {
      if (section.kind === 'peers') leaveOut(line);
      else moveServer(line, site, say);
    }
    for (const line of linesWith(section, 'bind')) moveBind(line, found, site, say);
    for (const line of [...linesWith(section, 'peer'), ...linesWith(section, 'mailer')]) leaveOut(line);
    for (const line of linesWith(section, 'log')) {
      const target = line.words[1];
      const formatted = line.words.some(({ text }) => text === 'format');
      if (target && target.text !== 'global') say(target, formatted ? 'stdout' : 'stdout format raw');
    }
    if (section.kind !== 'global') continue;
    for (const line of section.lines) {
      const [first, second] = line.words.map(({ text }) => text);
      if (NOT_HERE.test(first!) || (first === 'stats' && second === 'socket')) leaveOut(line);
    }
  }
  const { by, section } = found.pool;
  if (by?.words[0]?.text === 'use_backend') {
    for (const line of linesWith(found.bind.section, 'default_backend')) leaveOut(line);
    edits.replace(source, by, `default_backend ${section.name}`);
  }
  if (addition) {
    const { end } = section.head;
    edits.replace(source, { start: end, end }, addition.lines.map((line) => `\n  ${line}`).join(''));
    for (const line of addition.instead) leaveOut(line);
    if (addition.bind !== undefined) {
      const after = found.bind.line.end;
      edits.replace(source, { start: after, end: after }, ` ${addition.bind}`);
    }
  }
  return { 'haproxy.cfg': edits.apply(source) };
}

const others = ({ binds, bind }: Found): Bind[] => binds.filter((each) => each !== bind);

export const portsOf = (found: Found): string[] => others(found).map((_, index) => `bind-${index + 1}`);

function moveBind(line: Line, found: Found, site: Site, say: (word: LineWord, text: string) => void): void {
  const names = portsOf(found);
  const addressOf = (what: string): string => {
    if (found.bind.line === line && found.bind.what === what) return hostPort(site.listen);
    const index = others(found).findIndex((each) => each.line === line && each.what === what);
    return index < 0 ? what : hostPort(site.ports[names[index]!]!);
  };
  const addresses = line.words[1];
  if (addresses) say(addresses, addresses.text.split(',').map(addressOf).join(','));
  for (const keyword of ['v6only', 'v4v6', 'transparent']) {
    const word = line.words.find(({ text }) => text === keyword);
    if (word) say(word, '');
  }
  line.words.forEach(({ text }, index) => {
    const path = line.words[index + 1];
    if (!path || (text !== 'crt' && text !== 'crt-list')) return;
    if (text === 'crt-list') say(line.words[index]!, 'crt');
    say(path, site.cert);
  });
}

function moveServer(line: Line, site: Site, say: (word: LineWord, text: string) => void): void {
  const { words } = line;
  const addressAt = { server: 2, 'server-template': 3 }[words[0]!.text] ?? 0;
  const ssl = words.find(({ text }, index) => text === 'ssl' && index > addressAt);
  const address = words[addressAt];
  if (address && addressAt > 0)
    say(address, hostPort(site.upstream) + (site.upstreamTls && !ssl ? ' ssl verify none' : ''));
  words.slice(addressAt + 1).forEach(({ text }, index, rest) => {
    const more = UNASKED[text as keyof typeof UNASKED];
    if (more === undefined) return;
    for (const word of rest.slice(index, index + 1 + more)) say(word, '');
  });
  if (ssl && !site.upstreamTls) say(ssl, '');
  const trusted = valueBehind(line, 'ca-file');
  if (trusted) say(trusted, site.ca);
}
