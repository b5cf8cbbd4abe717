import { blame, compareHop, decode, findPoint, type Point, type Side, type Tap } from './evidence/index.js';
import type { Evidence, HopChange, Mark } from './model.js';
import { opcodeName, show } from './protocol/index.js';

/** One connection that a check made: its token, and when it was there. */
export interface Attempt {
  token: string;
  from: number;
}

/** What the recordings between the hops have to say of a check's connections. */
export interface Account {
  entries: Evidence[];
  changes: HopChange[];
  /** The hop that did it, and what it did, where the recordings tell. */
  blame?: { hop: string; why: string };
}

/** Connections that are accounted for, latest first: the ones that a verdict rests on. */
const MOST_ATTEMPTS = 6;
const MOST_ENTRIES = 300;

/**
 * Follows each connection through the recordings of its path, client's side first.
 * @param hops their names; one fewer than there are recordings
 */
export function accountOf(
  taps: readonly Tap[],
  hops: readonly string[],
  attempts: readonly Attempt[],
): Account {
  const account: Account = { entries: [], changes: [] };
  if (taps.length !== hops.length + 1) return account;
  for (const { token, from } of attempts.slice(-MOST_ATTEMPTS).reverse()) {
    const points = taps.map((tap): Point => findPoint(tap, token, [from, performance.now()]));
    if (points[0] === undefined || points[0] === 'unrecorded') continue;
    for (const side of points) {
      if (side && side !== 'unrecorded') account.entries.push(...entriesOf(side, token));
    }
    const found = blame(points, hops);
    if (!found || account.blame) continue;
    account.blame = { hop: found.hop, why: found.why };
    account.entries.push({ at: found.at, by: found.hop, kind: 'note', text: found.why, of: token });
    account.changes = hops.flatMap((hop, i) => changesOf(points[i], points[i + 1], hop));
  }
  account.entries = account.entries.slice(0, MOST_ENTRIES);
  return account;
}

function changesOf(before: Point, after: Point, hop: string): HopChange[] {
  if (!before || before === 'unrecorded' || after === 'unrecorded') return [];
  return compareHop(before, after, hop).differences.map(({ kind, text, name, in: went, out: came }) => ({
    hop,
    kind,
    text,
    ...(name !== undefined && { name }),
    ...(went !== undefined && { before: went }),
    ...(came !== undefined && { after: came }),
  }));
}

/** What crossed a segment, as entries of the evidence; `sent` is towards the origin. */
function entriesOf(side: Side, token: string): Evidence[] {
  const crossing = decode(side);
  const entries: Evidence[] = [];
  const add = (at: number, kind: Evidence['kind'], text: string, mark: Mark, more: Partial<Evidence> = {}) =>
    entries.push({ at, by: side.name, kind, text, mark, of: token, ...more });
  add(side.openedAt, 'note', 'TCP connected', 'connect');
  for (let layer: typeof crossing | undefined = crossing; layer; layer = layer.inner) {
    if (layer.hello)
      add(layer.hello.at, 'sent', `TLS ClientHello for ${show(layer.hello.sni ?? 'no name')}`, 'tls');
    for (const { request, response } of layer.exchanges) {
      if (request) {
        const { method, target, raw } = request.head;
        add(request.at, 'sent', show(`${method} ${target}`), 'request', octets(Buffer.from(raw, 'latin1')));
      }
      if (response) {
        const { status, reason, raw } = response.head;
        const text = `HTTP ${status} ${show(reason)}`.trimEnd();
        add(response.at, 'received', text, 'response', octets(Buffer.from(raw, 'latin1')));
      }
    }
    for (const way of ['up', 'down'] as const) {
      for (const { at, fin, rsv, opcode, mask, length, payload } of layer.socket?.[way].frames ?? []) {
        const frame = { fin, rsv, opcode, masked: mask !== undefined, octets: length };
        const text = `frame ${opcodeName(opcode)} ${length} octets`;
        add(at, way === 'up' ? 'sent' : 'received', text, 'frame', { frame, ...octets(payload) });
      }
    }
  }
  for (const way of ['up', 'down'] as const) {
    for (const { at, how } of side[way].ends)
      add(at, way === 'up' ? 'sent' : 'received', how.toUpperCase(), how);
  }
  return entries;
}

const octets = (bytes: Uint8Array) =>
  bytes.length === 0 ? {} : { bytes: Buffer.from(bytes.subarray(0, 2048)).toString('base64') };
