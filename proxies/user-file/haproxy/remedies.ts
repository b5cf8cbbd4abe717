import type { Finding, Intermediary, Offer } from '../../../harness/model.js';
import { offersOf } from '../../common/remedies.js';
import { BIND, type HaproxyState } from '../../haproxy/state.js';
import type { Line } from '../lines.js';
import type { Found } from './find.js';
import { linesWith, type Section, valueBehind } from './parse.js';

const FOLDER = new URL('../../haproxy/remedies/', import.meta.url);

export interface Addition {
  /** At the beginning of the section that leads to the servers, and those that they take the places of. */
  lines: readonly string[];
  instead: readonly Line[];
  /** At the end of the bind line, where the last word counts. */
  bind?: string;
}

/** What HAProxy's remedies come to in this file. */
export async function remediesAt(
  finding: Finding,
  sections: readonly Section[],
  found: Found,
  make: (addition: Addition) => Intermediary,
): Promise<Offer[]> {
  const { section } = found.pool;
  const { kind, name, head } = section;
  const offers = await offersOf(FOLDER, 'haproxy', finding, stateOf(found, sections));
  return offers.map((offer): Offer => {
    const lines = offer.parts.flatMap((part) => part.lines);
    if (offer.parts.some(({ where }) => where === BIND)) {
      const where = `the end of ${found.bind.where}`;
      return {
        ...offer,
        parts: [{ where, lines }],
        applied: make({ lines: [], instead: [], bind: lines.join(' ') }),
      };
    }
    const timers = lines.flatMap((line) => /^timeout (\w+) /.exec(line)?.[1] ?? []);
    const instead = timers.flatMap((timer) => timersOf(section, timer));
    const places = instead.map(({ source, start }) => source.at(start));
    const replaced = places.length > 0 ? `, in place of ${places.join(', ')}` : '';
    const where = `${kind} ${name} at ${head.source.at(head.start)}${replaced}`;
    return { ...offer, parts: [{ where, lines }], applied: make({ lines, instead }) };
  });
}

const timersOf = (section: Section, timer: string): Line[] =>
  linesWith(section, 'timeout').filter(({ words }) => words[1]?.text === timer);

/** What holds in the section: its own, or that of the defaults before it. */
function stateOf({ bind, pool: { section } }: Found, sections: readonly Section[]): HaproxyState {
  const defaults = sections.slice(0, sections.indexOf(section)).findLast(({ kind }) => kind === 'defaults');
  const says = (timer: string) =>
    [section, ...(defaults ? [defaults] : [])]
      .flatMap((each) => timersOf(each, timer).at(-1) ?? [])[0]
      ?.words.at(-1)?.text;
  const tunnel = says('tunnel');
  const server = says('server');
  return {
    http: section.http,
    tls: bind.ssl,
    tls12: /^TLSv1\.[23]$/.test(valueBehind(bind.line, 'ssl-min-ver')?.text ?? ''),
    ...(tunnel !== undefined && { tunnel }),
    ...(server !== undefined && { server }),
  };
}
