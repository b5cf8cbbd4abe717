/**
 * The embedded Toxiproxy against a plain pipe of node:net, over the same origin in one run:
 * `node --import=tsx bench/toxiproxy.ts`. Ratios are ours to the pipe's: for throughput 1 is parity and more is
 * faster, for time 1 is parity and more is slower. Proxy, pipe, origin and client share this process.
 */
import { startToxiproxy } from '../proxies/toxiproxy/server.js';
import { BULK, bulk, connect, echo, sideBySide, startOrigin, startPipe } from './common/octets.js';

const ROUNDS = 9;

using origin = await startOrigin();
using pipe = await startPipe(origin.port);
await using toxiproxy = await startToxiproxy({ host: '127.0.0.1', port: 0 });
const api = `http://127.0.0.1:${toxiproxy.address.port}/proxies`;

async function proxied(name: string, ...toxics: object[]): Promise<number> {
  const body = { name, listen: '127.0.0.1:0', upstream: `127.0.0.1:${origin.port}` };
  const answer = await fetch(api, { method: 'POST', body: JSON.stringify(body) });
  const { listen } = (await answer.json()) as { listen: string };
  for (const toxic of toxics)
    await fetch(`${api}/${name}/toxics`, { method: 'POST', body: JSON.stringify(toxic) });
  return Number(listen.split(':')[1]);
}

const at = (port: number) => (measure: (port: number) => Promise<number>) => measure(port);
const paths = {
  direct: at(origin.port),
  pipe: at(pipe.port),
  'no toxic': at(await proxied('none')),
  noop: at(await proxied('noop', { type: 'noop', stream: 'upstream' }, { type: 'noop' })),
  'latency 0': at(await proxied('latency', { type: 'latency', stream: 'upstream' }, { type: 'latency' })),
};

const report = (what: string, path: string, figure: string, ratio: number) =>
  console.log(`${what.padEnd(11)} ${path.padEnd(10)} ${figure.padStart(11)}   ${ratio.toFixed(2)}`);

const throughput = await sideBySide(ROUNDS, paths, bulk);
for (const [path, ms] of Object.entries(throughput))
  report('throughput', path, `${(BULK / 1e3 / ms).toFixed(0)} MB/s`, throughput.pipe / ms);

for (const [what, measure] of Object.entries({ echo, connection: connect })) {
  const times = await sideBySide(ROUNDS, paths, measure);
  for (const [path, ms] of Object.entries(times)) report(what, path, `${ms.toFixed(3)} ms`, ms / times.pipe);
}
