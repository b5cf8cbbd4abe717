import { randomBytes } from 'node:crypto';
import type { Probe } from '../../harness/model.js';
import { parseRequest, show, tokensOf, valueOf } from '../../harness/protocol/index.js';
import { faultsIn, told } from '../opening/told.js';

/** `refusal`: of a handshake whose version nobody knows. */
export type Kind = 'page' | 'handshake' | 'refusal';

/** One request for a URL that is a page and a WebSocket at once. */
export interface Visit {
  kind: Kind;
  /** It came to the origin. */
  seen: boolean;
  /** What is wrong with the answer, and has to do with a cache. */
  wrong?: string;
  /** What else is wrong with it. */
  odd?: string;
}

/** Asks for one URL in these ways, one after the other; no other request is for the same. */
export async function visits(probe: Probe, kinds: readonly Kind[]): Promise<Visit[]> {
  const token = randomBytes(6).toString('hex');
  const path = `/cache?page=${token}&gauntlet=${token}`;
  const made: Visit[] = [];
  for (const kind of kinds) {
    const before = countOf(probe, token, kind);
    const came = () => countOf(probe, token, kind) > before;
    const visit = await VISIT[kind](probe, path, came);
    const { seen, wrong } = visit;
    // Whoever refuses what nothing has come of yet has not kept it.
    const kept = made.some((one) => one.seen);
    made.push({ kind, ...(seen || kept || wrong === undefined ? visit : { seen, odd: wrong }) });
  }
  return made;
}

type Outcome = Omit<Visit, 'kind'>;

const VISIT = { page: visitPage, handshake: shakeHands, refusal: beRefused } as const;

async function beRefused(probe: Probe, path: string, came: () => boolean): Promise<Outcome> {
  const { handshake } = await probe.dial({ path, change: { 'Sec-WebSocket-Version': '777' } });
  const seen = came();
  return handshake === 'refused' ? { seen } : { seen, odd: `a handshake of version 777 was ${handshake}` };
}

async function visitPage(probe: Probe, path: string, came: () => boolean): Promise<Outcome> {
  const { status, body, failure } = await probe.http(path, { withinMs: probe.patience.answerMs });
  const seen = came();
  if (status === 200 && body === 'genuine\n') return { seen };
  const answer = status === undefined ? (failure ?? 'no answer') : `${status} ${show(body, 40)}`;
  const actual = `a plain GET was answered with ${answer}`;
  return seen ? { seen, odd: actual } : { seen, wrong: `${actual}, and never came to the origin` };
}

async function shakeHands(probe: Probe, path: string, came: () => boolean): Promise<Outcome> {
  const made = await probe.dial({ path });
  const seen = came();
  if (made.handshake !== 'accepted') {
    const signs = ['Age', 'X-Cache'].flatMap((name) => {
      const value = made.answer && valueOf({ fields: made.answer.headers }, name);
      return value === undefined ? [] : [`, ${name}: ${show(value, 40)}`];
    });
    const actual = `a handshake was ${told(made)}${signs.join('')}`;
    return seen ? { seen, odd: actual } : { seen, wrong: `${actual}, and never came to the origin` };
  }
  if (!made.conforms)
    return { seen, wrong: `a handshake was answered with a wrong 101: ${faultsIn(made).join(' ')}` };
  if (!seen) return { seen, wrong: 'a handshake was accepted, and never came to the origin' };
  const echoed = await made.peer?.echo(probe.patience.answerMs);
  return echoed ? { seen } : { seen, odd: 'a handshake was accepted, but no echo came back' };
}

function countOf(probe: Probe, token: string, kind: Kind): number {
  const own = (probe.sightings?.all() ?? []).filter((sighting) => sighting.token === token);
  return own.filter(({ head = '' }) => {
    const asks = tokensOf(parseRequest(Buffer.from(head, 'latin1')), 'Upgrade').includes('websocket');
    return asks === (kind !== 'page');
  }).length;
}
