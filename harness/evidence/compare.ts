import type { Measured } from '../model.js';
import { accepted } from './accepted.js';
import type { Crossing } from './crossing.js';
import { decode } from './decode.js';
import type { Both, Difference, HopReport } from './difference.js';
import { compareControl } from './differences/control.js';
import { compareDelays } from './differences/delays.js';
import { compareEnds } from './differences/ends.js';
import { compareExchanges, type Pairing, pairExchanges } from './differences/exchanges.js';
import { compareFraming } from './differences/framing.js';
import { compareMessages } from './differences/messages.js';
import { compareOctets } from './differences/opaque.js';
import { pairMessages } from './differences/pairs.js';
import { type Layers, layersOf } from './layers.js';
import { sentenceOf } from './sentence.js';
import type { Side } from './side.js';

export const SLOW_MS = 250;

export interface CompareOptions {
  /** From how many ms on a delay counts as one, and a silence as no answer; 250 when absent. */
  slowMs?: number;
  /** The name of what stands behind the hop; `what is behind it` when absent. */
  behind?: string;
}

/**
 * What a hop did: what one connection was before it against what it was after it.
 * @param after absent where nothing came out of it: it opened no connection onwards
 */
export function compareHop(
  before: Side,
  after: Side | undefined,
  hop: string,
  options: CompareOptions = {},
): HopReport {
  return compareCrossings(decode(before), after && decode(after), hop, options);
}

export function compareCrossings(
  before: Crossing,
  after: Crossing | undefined,
  hop: string,
  { slowMs = SLOW_MS, behind = 'what is behind it' }: CompareOptions = {},
): HopReport {
  const { pairs, differences: found, opaque } = layersOf(before, after);
  const measured: Measured = {};
  const differences = [...found];
  let pairings: Pairing[] = [];
  for (const [index, pair] of pairs.entries()) {
    const both: Both = { ...pair, slowMs };
    // What went in has nothing that can be read for its other half.
    const sealed = opaque !== undefined && index === pairs.length - 1;
    pairings = sealed ? [] : pairExchanges(both);
    differences.push(...compareExchanges(both, pairings));
    if (index < pairs.length - 1) continue;
    const passed = pairMessages(both);
    if (passed) {
      differences.push(
        ...compareMessages(both, passed),
        ...compareControl(both, passed),
        ...compareFraming(both, passed),
      );
    }
    if (!opaque && isOpaque(both)) differences.push(...compareOctets(both));
    for (const part of [
      compareDelays(both, pairings, passed),
      compareEnds(both, opaque !== undefined || isSealed(both)),
    ]) {
      differences.push(...part.differences);
      Object.assign(measured, part.measured);
    }
  }
  const counted = count(differences);
  const came = consequence(pairings.at(-1), behind);
  for (const difference of counted)
    if (difference.harm !== 'none') Object.assign(measured, difference.measured);
  if (counted.some(({ kind }) => kind === 'cut')) measured.cutBy = hop;
  return {
    hop,
    differences: counted,
    sentence: sentenceOf(hop, counted, [came, unreadOf(pairs.at(-1))]),
    behind,
    ...(came !== undefined && { consequence: came }),
    measured: { ...measured, ...namesOf(counted) },
    ...(opaque && { opaque }),
  };
}

/** TLS that the hop itself answered, and nobody told what was inside. */
const isSealed = ({ before, after }: Both) =>
  before.protocol === 'tls' && !after && before.octets.down.length > before.start.down;

const isOpaque = ({ before, after }: Both) =>
  after !== undefined &&
  !before.socket &&
  !after.socket &&
  before.exchanges.length === 0 &&
  after.exchanges.length === 0;

/** What was not compared, for it was too much or had not been kept. */
function unreadOf(pair: Layers['pairs'][number] | undefined): string | undefined {
  const talks = [pair?.before, pair?.after].flatMap((side) =>
    side?.socket ? Object.values(side.socket) : [],
  );
  const why = talks.find(({ unread }) => unread && !unread.answer)?.unread?.why;
  return why && `not everything was compared (${why})`;
}

/** Alike ones told once, with their number and the first of their references. */
function count(differences: readonly Difference[]): Difference[] {
  const alike = new Map<string, Difference>();
  for (const difference of differences) {
    const key = JSON.stringify([difference.kind, difference.way, difference.name, difference.text]);
    const known = alike.get(key);
    const refs = [...(known?.refs ?? []), ...difference.refs].slice(0, 8);
    alike.set(key, known ? { ...known, count: (known.count ?? 1) + 1, refs } : difference);
  }
  return [...alike.values()];
}

/** What a refusal behind the hop was given to. */
function consequence(pairing: Pairing | undefined, behind: string): string | undefined {
  const { request, response } = pairing?.after ?? {};
  if (!pairing || !request || !response || accepted(pairing.before)) return undefined;
  if (pairing.before.response?.head.status !== response.head.status) return undefined;
  return `${behind} saw HTTP/${request.head.version} and answered ${response.head.status}`;
}

/** The names of request headers, as `measured` has them. */
function namesOf(differences: readonly Difference[]): Measured {
  const names = (kind: Difference['kind']) =>
    differences
      .filter((difference) => difference.kind === kind && difference.way === 'up')
      .map(({ name }) => name ?? '')
      .join(', ');
  const [stripped, added, rewritten] = [
    names('header-dropped'),
    names('header-added'),
    names('header-rewritten'),
  ];
  return { ...(stripped && { stripped }), ...(added && { added }), ...(rewritten && { rewritten }) };
}
