/**
 * The recording relay against a plain pipe of node:net, over the same origin in one run: `node --import=tsx
 * bench/tap.ts`. Ratios are ours to the pipe's: for throughput and connections 1 is parity and more is faster; for
 * latency they are of what each adds to the direct path, and 1 is parity and more is slower. Relay, pipe, origin and
 * client share this process.
 */
import { startTap } from '../harness/evidence/index.js';
import { BULK, bulk, connect, echo, sideBySide, startOrigin, startPipe } from './common/octets.js';

const ROUNDS = 9;

using origin = await startOrigin();
using pipe = await startPipe(origin.port);
type Measure = (port: number) => Promise<number>;
/** A fresh tap for each round, as each place has: what it may keep is not spent by the round before. */
const withTap = async (measure: Measure): Promise<number> => {
  await using tap = await startTap({
    listen: { host: '127.0.0.1', port: 0 },
    upstream: { host: '127.0.0.1', port: origin.port },
    segment: 'client → origin',
  });
  return await measure(tap.address.port);
};
const paths = {
  direct: (measure: Measure) => measure(origin.port),
  pipe: (measure: Measure) => measure(pipe.port),
  tap: withTap,
};

const report = (what: string, path: string, figure: string, ratio?: number) =>
  console.log(`${what.padEnd(12)} ${path.padEnd(7)} ${figure.padStart(14)}   ${ratio?.toFixed(2) ?? ''}`);

const throughput = await sideBySide(ROUNDS, paths, bulk);
for (const [path, ms] of Object.entries(throughput))
  report('throughput', path, `${(BULK / 1e3 / ms).toFixed(0)} MB/s`, throughput.pipe / ms);

const latency = await sideBySide(ROUNDS, paths, echo);
report('latency', 'direct', `${(latency.direct * 1000).toFixed(1)} µs`);
for (const path of ['pipe', 'tap'] as const) {
  const added = latency[path] - latency.direct;
  report('latency', path, `+${(added * 1000).toFixed(1)} µs`, added / (latency.pipe - latency.direct));
}

const connections = await sideBySide(ROUNDS, paths, connect);
for (const [path, ms] of Object.entries(connections))
  report('connections', path, `${(1000 / ms).toFixed(0)} /s`, connections.pipe / ms);
