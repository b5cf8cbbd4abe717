/**
 * The wall time of a safe audit of a `ws` server on this machine against its longest single wait, which is that of the
 * patience. `node --import=tsx bench/audit.ts [patience in ms]`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import type { Run } from '../harness/model.js';

const bin = fileURLToPath(new URL('../dist/harness/cli/bin.js', import.meta.url));
const [patience = '8000'] = process.argv.slice(2);
const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
server.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, binary) => socket.send(data, { binary }));
});
await once(server, 'listening');
const out = await mkdtemp(join(tmpdir(), 'wsgauntlet-bench-'));
try {
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const since = performance.now();
  const argv = [bin, 'audit', url, '--patience', patience, '--out', out, '-q'];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number];
  const wall = performance.now() - since;
  const { findings, audit } = JSON.parse(await readFile(join(out, 'run.json'), 'utf8')) as Run;
  const slowest = [...findings].sort((a, b) => b.ms - a.ms);
  console.log(`exit code ${code}, ${findings.length} checks, ${JSON.stringify(audit?.traffic)}`);
  for (const { check, ms } of slowest.slice(0, 5)) console.log(`  ${(ms / 1000).toFixed(1)} s  ${check}`);
  console.log(
    `wall ${(wall / 1000).toFixed(1)} s; wall / longest single wait: ${(wall / slowest[0]!.ms).toFixed(2)}`,
  );
} finally {
  await rm(out, { recursive: true, force: true });
  server.close();
  for (const client of server.clients) client.terminate();
}
