import { join } from 'node:path';
import type { Lab, Program, Service, Site, Surroundings } from '../../model.js';
import { untilReady } from '../ready.js';
import { furnish } from '../site.js';
import { withLines } from '../tail.js';
import { type Child, startChild } from './child.js';
import { fileTail, writeFolder } from './folder.js';
import { remember } from './notes.js';
import { freePorts, PortTaken, taken } from './ports.js';
import { listens } from './proc.js';
import { removeSharedMemory } from './shared-memory.js';

const READY_MS = 15_000;

/** Starts the binary on fresh ports and waits until it answers. Throws PortTaken when another program was quicker. */
export async function startOnce(
  binary: string,
  program: Program,
  around: Surroundings,
  lab: Lab,
): Promise<Service> {
  const host = around.bind;
  const [port, ...others] = await freePorts(host, 1 + (program.ports?.length ?? 0));
  const label = `${program.name.replace(/[^\w.-]/g, '_')}-${port}`;
  const { site, files, written } = furnish(program, around, lab, {
    listen: { host, port: port! },
    ports: Object.fromEntries((program.ports ?? []).map((name, i) => [name, { host, port: others[i]! }])),
    dir: join(lab.dir, label),
    seen: (target) => ('address' in target ? target.address : target),
    hosts: ['127.0.0.1', host],
  });
  await writeFolder(lab.dir, site.dir, written);
  const child = await startChild(binary, program.argv!(site).slice(1), site.dir, program.stop);
  const logs = () =>
    (program.logs ?? []).map((file) => fileTail(join(site.dir, file))).join('') + child.output.text();
  const memory = program.sharedMemory?.(site);
  const stop = async () => {
    await child[Symbol.asyncDispose]();
    if (memory) removeSharedMemory(memory);
  };
  try {
    await remember(lab.dir, label, child.pid, memory);
    await ready(program, site, child, logs, lab.signal);
    await program.after?.(site);
  } catch (fault) {
    await stop();
    throw fault;
  }
  let stopping: PromiseLike<void> | undefined;
  return {
    name: program.name,
    runtime: 'process',
    is: `process ${child.pid}`,
    address: site.listen,
    site,
    files,
    logs,
    died: child.ended.then((how) =>
      stopping ? new Promise(() => {}) : withLines(`${program.name} ${how}`, logs()),
    ),
    async [Symbol.asyncDispose]() {
      stopping ??= stop();
      await stopping;
    },
  };
}

async function ready(program: Program, site: Site, child: Child, logs: () => string, signal: AbortSignal) {
  // Some programs try again for seconds before they give up a port.
  const complaint = new Promise<string>((resolve) => {
    child.onOutput = () => {
      if (taken.test(child.output.text())) resolve('found its port taken');
    };
  });
  const trouble = Promise.race([child.ended, complaint]);
  try {
    await untilReady(program, site, { trouble, logs, signal, withinMs: READY_MS });
  } catch (fault) {
    throw taken.test(logs()) && !signal.aborted ? new PortTaken((fault as Error).message) : fault;
  } finally {
    child.onOutput = undefined;
  }
  // Another program that was quicker to take the port may be the one that answered.
  const { port } = program.ready?.port === undefined ? site.listen : site.ports[program.ready.port]!;
  if (listens(child.pid, port) === false) {
    throw new PortTaken(
      withLines(`another program listens on port ${port}, where ${program.name} should`, logs()),
    );
  }
}
