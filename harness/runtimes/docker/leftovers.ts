/**
 * A program of its own: removes what a run has left with the Docker engine that ended at once, as soon as that run is
 * gone. Run without anybody waiting for it, so it says nothing; what it cannot remove the next run does.
 *   node leftovers.js PID
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from './engine.js';
import { sweepEngine } from './labels.js';

const there = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const pid = Number(process.argv[2]);
for (let tries = 0; tries < 100 && there(pid); tries++) await sleep(50);
// A container that was just being made may appear a moment later.
for (const wait of [0, 2000]) {
  await sleep(wait);
  await sweepEngine(await connect()).catch(() => {});
}
