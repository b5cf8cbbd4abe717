import type { Finding, Intermediary, Offer, RemedyPart } from '../../../harness/model.js';
import { offersOf } from '../../common/remedies.js';
import { blocks } from '../../nginx/blocks.js';
import type { NginxOptions } from '../../nginx/index.js';
import type { Found } from './find.js';
import { everywhere, flat } from './include.js';
import type { Directive } from './parse.js';

const FOLDER = new URL('../../nginx/remedies/', import.meta.url);

/** Lines at the beginning of a block, and what of the same meaning they take the places of. */
export interface Addition {
  block: Directive;
  lines: readonly string[];
  instead: readonly Directive[];
}

/** What nginx's remedies come to in this file: each block by name and line, and nothing said twice. */
export async function remediesAt(
  finding: Finding,
  directives: readonly Directive[],
  found: Found,
  make: (additions: readonly Addition[]) => Intermediary,
): Promise<Offer[]> {
  const chain = chainOf(directives, found);
  const offers = await offersOf(FOLDER, 'nginx', finding, stateOf(chain, found));
  return offers.flatMap((offer): Offer[] => {
    const placed = offer.parts.map((part) => place(part, chain, found));
    if (placed.some((one) => one === undefined)) return [];
    const additions = placed.flatMap((one) => (one && one.lines.length > 0 ? [one] : []));
    const parts = additions.map((one): RemedyPart => ({ where: nameOf(one), lines: one.lines }));
    return [{ ...offer, parts, applied: make(additions) }];
  });
}

/** The blocks around the proxy_pass, outermost first. */
function chainOf(directives: readonly Directive[], { listen, forward }: Found): Directive[] {
  const context = flat(directives).find(({ name }) => name === (listen.stream ? 'stream' : 'http'));
  return [...(context ? [context] : []), forward.server, ...forward.locations];
}

/** Directives of that name that hold at the proxy_pass: those of the innermost block that has any. */
const holding = (chain: readonly Directive[], name: string): readonly Directive[] =>
  chain
    .map(({ block }) => flat(block).filter((each) => each.name === name))
    .findLast((own) => own.length > 0) ?? [];

function stateOf(chain: readonly Directive[], { listen }: Found): NginxOptions {
  const says = (name: string) => holding(chain, name)[0]?.args[0]?.text;
  if (listen.stream) return { stream: true, ...(says('proxy_timeout') === '1h' && { streamTimeout: '1h' }) };
  const sets = (header: string) =>
    holding(chain, 'proxy_set_header').some(
      ({ args: [name, value] }) => name?.text.toLowerCase() === header && value?.text !== '',
    );
  const versions = holding(chain, 'ssl_protocols')[0]?.args.map(({ text }) => text);
  return {
    tls: listen.ssl,
    oldTls: listen.ssl && (versions?.some((version) => /^TLSv1(?:\.1)?$/.test(version)) ?? true),
    websocket: sets('upgrade') && sets('connection') && says('proxy_http_version') === '1.1',
    ...(says('proxy_read_timeout') === '1h' && { readTimeout: '1h' }),
    ...(says('proxy_buffering') === 'off' && { buffering: false }),
  };
}

function place(
  { where, lines }: RemedyPart,
  chain: readonly Directive[],
  found: Found,
): Addition | undefined {
  const stream = found.listen.stream;
  if (where === blocks.http && !stream && chain[0]?.name === 'http')
    return { block: chain[0], lines: withoutMaps(lines, chain[0]), instead: [] };
  const block = where === blocks.server ? found.forward.server : chain.at(-1);
  const fits = where === blocks.server || where === (stream ? blocks.stream : blocks.location);
  if (!block || !fits) return undefined;
  const keys = new Set(lines.map(keyOfLine));
  return {
    block,
    lines: [...lines, ...inherited(chain, keys)],
    instead: flat(block.block).filter((each) => keys.has(keyOf(each))),
  };
}

/** A variable can be made by one map alone. */
function withoutMaps(lines: readonly string[], http: Directive): string[] {
  const made = new Set(
    [...everywhere(http.block ?? [])].flatMap(({ directive: { name, args } }) =>
      name === 'map' ? [args[1]?.text] : [],
    ),
  );
  let known = false;
  return lines.filter((line) => {
    const variable = /^map \S+ (\$\w+) \{$/.exec(line)?.[1];
    if (variable !== undefined) known = made.has(variable);
    return !known;
  });
}

/** A block that sets a header of its own inherits no other: those have to be said again. */
function inherited(chain: readonly Directive[], keys: ReadonlySet<string>): string[] {
  const setsHeaders = [...keys].some((key) => key.startsWith('proxy_set_header '));
  const own = flat(chain.at(-1)?.block).some(({ name }) => name === 'proxy_set_header');
  if (!setsHeaders || own) return [];
  return holding(chain, 'proxy_set_header')
    .filter((each) => !keys.has(keyOf(each)))
    .map(({ source, start, end }) => source.text.slice(start, end));
}

/** What may be said once in a block. */
const keyOf = ({ name, args }: Directive): string =>
  name === 'proxy_set_header' ? `${name} ${args[0]?.text.toLowerCase()}` : name;

function keyOfLine(line: string): string {
  const [name = '', argument = ''] = line.split(/[\s;]+/);
  return name === 'proxy_set_header' ? `${name} ${argument.toLowerCase()}` : name;
}

function nameOf({ block, instead }: Addition): string {
  const { name, args, source, start, inside } = block;
  if (inside === 0) return 'the http { … } that includes this file';
  const words = [name, ...args.map(({ text }) => text), '{ … }'].join(' ');
  const places = instead.map((each) => each.source.at(each.start));
  const replaced = places.length > 0 ? `, in place of ${places.join(', ')}` : '';
  return `${words} at ${source.at(start)}${replaced}`;
}
