import type { ClientSession, Probe, Verdict } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';

/** Has the path go dead under the client under test, and says whether its heartbeat notices in time. */
export async function noticed(probe: Probe, lever: 'black-hole' | 'half-open'): Promise<Verdict> {
  const pull = probe.lever(lever);
  if (!pull) return skip(`no hop here has the lever "${lever}"`);
  const { answerMs, idleMs } = probe.patience;
  const everyMs = Math.round(idleMs / 10);
  const timeoutMs = everyMs;
  const session = await probe.open({ heartbeat: { everyMs, timeoutMs } });
  if (!session.opened) return skip(`no baseline here: the client could not connect: ${session.failure}`);
  // A client that gives every peer up would notice a dead one as well.
  const early = await session.ended(2 * (everyMs + timeoutMs));
  if (early || !(await answers(session, answerMs))) {
    return skip('no baseline here: the client does not stay connected while the path is alive');
  }
  await pull();
  const pulledAt = performance.now();
  const boundMs = everyMs + timeoutMs;
  const end = await session.ended(boundMs + answerMs);
  const beat = `a ping every ${everyMs} ms that has ${timeoutMs} ms to be answered`;
  const expected = `given up within ${boundMs} ms (${beat})`;
  if (!end) {
    if (await answers(session, answerMs))
      return skip(`the lever "${lever}" was pulled, and messages still pass`);
    const actual = `still held for open after ${Math.round(boundMs + answerMs)} ms`;
    return fail(expected, actual, { blame: 'client' });
  }
  const noticedMs = Math.round(end.at - pulledAt);
  if (end.how !== 'nothing') return skip(`the path told the client after ${noticedMs} ms: nothing to notice`);
  return pass(`given up ${noticedMs} ms after the path went dead, with ${beat}`, { measured: { noticedMs } });
}

async function answers(session: ClientSession, withinMs: number): Promise<boolean> {
  session.send('are you there');
  return (await session.next(withinMs)) !== undefined;
}

/** What the checks of dead paths have in common. */
export const common = {
  severity: 'medium',
  refs: ['RFC 6455 §5.5.2', 'RFC 9293 §3.8.3'],
  why: 'TCP says nothing of a peer that is gone while there is nothing to send, and takes many minutes when there is. Only an answer that fails to come tells.',
  remedy: 'Ping at a period, and end the connection when no pong came in time.',
  alone: true,
} as const;
