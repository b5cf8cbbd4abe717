import { CannotTry } from '../cannot-try.js';
import type { End, Habits } from '../model.js';
import { catchClient, type Trapper } from './catch.js';
import { ending } from './held.js';
import { pause } from './pause.js';

/** How long a client is watched at a sound server. */
const WATCH_MS = 600;
/** For the 101 and what follows not to come together. */
const APART_MS = 30;
/** One of ours does nothing by itself. */
const OURS_MS = 60;

/**
 * The baseline: how the client treats a server with which nothing is wrong.
 * @throws CannotTry with the reason, where it does not take one
 */
export async function habitsOf(tls: boolean, trapper: Trapper): Promise<Habits> {
  const { client, answerMs } = trapper;
  const startedAt = performance.now();
  let pong = false;
  let acceptedAt = 0;
  const none = async (): Promise<Habits> => {
    throw new Error('there is no baseline yet');
  };
  await using caught = await catchClient(
    {
      ...(tls && { certificate: 'good' as const }),
      async serve(visit) {
        if (acceptedAt > 0) return visit.accept();
        acceptedAt = performance.now();
        visit.accept();
        await pause(APART_MS);
        pong = await Promise.race([visit.ping(answerMs), visit.ended(answerMs).then(() => false)]);
        await visit.ended(client.launch ? WATCH_MS : OURS_MS);
      },
    },
    trapper,
    none,
  );
  const { visit } = caught;
  const kind = tls ? 'good certificate' : 'right handshake';
  const exit = await caught.exit(caught.visit ? 0 : 50);
  if (!visit) {
    const why = exit
      ? `it ended with ${exit.signal ?? `exit code ${exit.code}`} without having asked for a WebSocket: ${caught.failure}`
      : `it ${caught.turnedAway ? 'connected, and asked for nothing' : 'never asked for a WebSocket'}: ${caught.failure}`;
    throw new CannotTry(`no baseline here: ${client.name} does not take a ${kind} either: ${why}`);
  }
  if (caught.opened === false) {
    throw new CannotTry(`no baseline here: ${client.name} does not take a ${kind} either: ${caught.failure}`);
  }
  const end = await visit.ended(0);
  const spoken = visit.frames.find(({ opcode }) => opcode < 8);
  if (end && !pong && !spoken && end.how !== 'close') {
    const said = exit ? `; it ended with ${exit.signal ?? `exit code ${exit.code}`}: ${caught.failure}` : '';
    throw new CannotTry(
      `no baseline here: ${client.name} does not take a ${kind} either: ${ending(end)}${said}`,
    );
  }
  return {
    sign: pong ? 'pong' : spoken ? 'message' : 'stays',
    startMs: (visit.requestedAt ?? visit.openedAt) - startedAt,
    visit,
    speaks: spoken !== undefined,
    ...(end && quit(end, acceptedAt)),
    ...(exit && { exit }),
    ...(caught.peakKb !== undefined && { peakKb: caught.peakKb }),
  };
}

const quit = (end: End, acceptedAt: number): Pick<Habits, 'quit' | 'quitMs'> => ({
  quit: end,
  quitMs: end.at - acceptedAt,
});
