import { randomBytes } from 'node:crypto';
import type { LiveOptions, LiveSession, Probe, Transport, Verdict } from '../../harness/model.js';
import { farEnd } from '../../harness/origins/far-end.js';
import { fail, pass, skip } from '../../harness/verdict.js';

/** The path of a fresh stream of so many messages, and what is to go wrong with it at the origin. */
export function streamPath(options: { count: number; everyMs: number; faults?: string }): string {
  const { count, everyMs, faults } = options;
  const session = randomBytes(6).toString('hex');
  return `/live?session=${session}&every=${everyMs}&count=${count}${faults ? `&${faults}` : ''}`;
}

/** What the far end has of a stream: `up` numbers without a gap, and what came twice or out of order. */
export interface FarSide {
  up: number;
  duplicates: number;
  gaps: number;
  attempts: Record<string, number>;
  lastEventIds: string[];
}

export async function farSide(probe: Probe, path: string): Promise<FarSide | undefined> {
  const { status, body } = await probe.http(`${path}&state`);
  return status === 200 ? (JSON.parse(body) as FarSide) : undefined;
}

/** What is wrong with the numbers that were delivered, if anything is: 1, 2, 3 … to the last, each once. */
export function brokenAt(received: LiveSession['received'], count: number): string | undefined {
  for (const [i, { n }] of received.entries()) {
    if (n === i + 1) continue;
    return n <= i
      ? `${n} came twice or late, after ${received[i - 1]?.n}`
      : `${n} came after ${received[i - 1]?.n ?? 0}`;
  }
  return received.length < count ? `only ${received.length} of ${count} came` : undefined;
}

/** Why each transport before the one that carries did not: `websocket refused (refused with 403)`. */
export const story = (session: LiveSession) =>
  [...new Map(session.attempts.map((attempt) => [attempt.transport, attempt])).values()]
    .map(({ transport, outcome, why }) => `${transport} ${outcome} (${why})`)
    .join('; ') || 'nothing was tried';

/** Whether none of these transports carries: each was tried twice, or once for as long as it may take. */
export const hopeless = (session: LiveSession, transports: readonly Transport[]) =>
  session.transport === undefined &&
  transports.every((one) => {
    const tries = session.attempts.filter(({ transport }) => transport === one);
    return tries.length > 1 || tries.some(({ outcome }) => outcome === 'no-answer' || outcome === 'silent');
  });

/** How long a client may take that tries every transport to its bound. */
export const longest = (probe: Probe) => probe.patience.answerMs * 5;

/**
 * Whose fault it is that a stream was not kept going: the client's, where the same goes wrong with nothing in between.
 * `wrong` says what does, if anything does.
 */
export async function atFault(
  probe: Probe,
  options: Partial<LiveOptions> & { path: string },
  wrong: (session: LiveSession) => Promise<string | undefined>,
): Promise<string> {
  if (probe.suspect() === 'origin') return 'client';
  const { client, authority, patience, signal } = probe;
  const far = probe.own(await farEnd(authority));
  const bare = {
    transports: ['websocket', 'sse', 'long-poll'],
    attemptMs: patience.answerMs,
    signal,
  } as const;
  const session = probe.own(await client.live!(far.route, { ...bare, ...options }));
  return (await wrong(session)) === undefined ? probe.suspect() : 'client';
}

/** Runs a stream whose WebSocket the origin spoils in one way, and asks that something lesser carry it whole. */
export async function fallsBack(probe: Probe, fault: string): Promise<Verdict> {
  if (!probe.ours) return skip('it takes an origin of ours, which spoils the WebSocket on purpose');
  const path = () => streamPath({ count: 12, everyMs: 40, faults: `ws=${fault}` });
  const wrongWith = async (session: LiveSession) => {
    for (let i = 0; i < 5; i++) session.send();
    const whole = await session.until((s) => s.received.length >= 12 && s.acknowledged >= 5, longest(probe));
    if (session.firstMs === undefined) return `nothing carried: ${story(session)}`;
    const broken = brokenAt(session.received, 12);
    if (broken || whole) return broken;
    return `only ${session.acknowledged} of 5 numbers got through upwards`;
  };
  const session = await probe.live({ path: path() });
  const wrong = await wrongWith(session);
  const measured = {
    ...(session.transport && { transport: session.transport }),
    ...(session.firstMs !== undefined && { switchMs: Math.round(session.firstMs) }),
  };
  if (wrong) {
    const blame = await atFault(probe, { path: path() }, wrongWith);
    return fail('another transport carries the stream whole', wrong, { measured, blame });
  }
  return pass(`${session.transport} carried, after ${story(session)}`, { measured });
}

/** What the checks of a spoilt WebSocket have in common. */
export const common = {
  severity: 'medium',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §7.2.1'],
  remedy:
    'Bound each attempt by the arrival of a first message, then go on to SSE, long polling, or a CONNECT tunnel.',
} as const;
