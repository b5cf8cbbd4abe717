import { CannotTry } from '../../cannot-try.js';
import { habitsOf, type Trapper } from '../../lures/index.js';
import type { Habits } from '../../model.js';
import { Trouble } from '../trouble.js';

export interface Baseline {
  ws: Habits | string;
  wss: Habits | string;
}

/** How the command treats a sound server, in clear and with TLS. @throws {Trouble} where it takes neither */
export async function clientBaseline(trapper: Trapper): Promise<Baseline> {
  const ws = await attempt(false, trapper);
  const wss = await attempt(true, trapper);
  if (typeof ws === 'string' && typeof wss === 'string') throw new Trouble(ws);
  return { ws, wss };
}

async function attempt(tls: boolean, trapper: Trapper): Promise<Habits | string> {
  try {
    return await habitsOf(tls, trapper);
  } catch (fault) {
    if (!(fault instanceof CannotTry)) throw fault;
    return fault.message;
  }
}

/** As sentences: `ws: it came after 120 ms, answers pings, sends a message by itself, and stays`. */
export const baselineTold = ({ ws, wss }: Baseline): string[] => [`ws: ${told(ws)}`, `wss: ${told(wss)}`];

function told(habits: Habits | string): string {
  if (typeof habits === 'string') return habits;
  const { startMs, sign, speaks, quitMs, quit, peakKb } = habits;
  return [
    `it came after ${Math.round(startMs)} ms`,
    sign === 'pong' ? 'answers pings' : 'answers no ping',
    speaks ? 'sends a message by itself' : 'sends nothing by itself',
    quitMs === undefined
      ? 'stays'
      : `leaves after ${Math.round(quitMs)} ms${quit?.code === undefined ? '' : ` with Close ${quit.code}`}`,
    ...(peakKb ? [`holds ${Math.round(peakKb / 1024)} MiB`] : []),
  ].join(', ');
}
