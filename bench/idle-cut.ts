/**
 * How near the idle cut that is found lies to the true one: `node --import=tsx bench/idle-cut.ts`. A ratio is found
 * to true, so that 1 is right.
 */
import type { Intermediary } from '../harness/model.js';
import { echo } from '../harness/origins/echo.js';
import inProcess from '../harness/runtimes/in-process.js';
import processes from '../harness/runtimes/process.js';
import { tryCheck } from '../harness/testing/try-check.js';
import { cutting } from '../proxies/careless/cutting.js';
import { nginx } from '../proxies/nginx/index.js';
import { passing } from '../proxies/plain/index.js';
import idleCut from '../scenarios/keepalive/idle-cut.check.js';

const TRUE_MS = [400, 700, 1100, 1700, 2600];
const WATCHED_MS = 3000;
const BOUND = 1.15;

const runtimes = [inProcess(), processes()];
const hops: Record<string, (idleMs: number) => Intermediary> = {
  'cut with FIN': (idleMs) => passing({ idleMs }),
  'dead, nobody told': (idleMs) => cutting({ idleMs, how: 'silence' }),
  nginx: (idleMs) => nginx({ websocket: true, readTimeout: idleMs }),
};

let worst = 1;
for (const [name, hop] of Object.entries(hops)) {
  const shown: string[] = [];
  for (const idleMs of TRUE_MS) {
    const patience = { idleMs: WATCHED_MS };
    const { measured, message } = await tryCheck(idleCut, {
      origin: echo(),
      via: [hop(idleMs)],
      patience,
      runtimes,
    });
    const found = measured?.idleMs;
    if (typeof found !== 'number') {
      shown.push(message);
      break;
    }
    worst = Math.max(worst, found / idleMs, idleMs / found);
    shown.push(`${found} of ${idleMs} ms: ${(found / idleMs).toFixed(3)}`);
  }
  console.log(`${name.padEnd(18)} ${shown.join('   ')}`);
}
console.log(`worst ratio either way ${worst.toFixed(3)}, to be ${BOUND} at the most`);
if (worst > BOUND) process.exitCode = 1;
