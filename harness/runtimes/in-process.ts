import { join } from 'node:path';
import type { Lab, Program, Runtime, Service, Surroundings } from '../model.js';
import { writeFolder } from './process/folder.js';
import { freePorts } from './process/ports.js';
import { furnish } from './site.js';

const TRIES = 5;

/** Carries whatever embeds itself: our origins, mockttp, the embedded Toxiproxy, the stand-ins. */
export default function inProcess(): Runtime {
  return {
    name: 'in-process',
    async refuses(program) {
      return program.embed
        ? undefined
        : `${program.name} is a program of its own and does not run in-process`;
    },
    async present(program) {
      return program.embed !== undefined;
    },
    async start(program, around, lab) {
      for (let tried = 1; ; tried++) {
        try {
          return await startOnce(program, around, lab);
        } catch (fault) {
          // Another process may take a port between our asking for a free one and the program's binding it.
          if ((fault as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tried === TRIES) throw fault;
        }
      }
    },
  };
}

async function startOnce(program: Program, around: Surroundings, lab: Lab): Promise<Service> {
  if (!program.embed) throw new Error(`${program.name} does not run in-process`);
  const host = around.bind;
  const [port, ...others] = await freePorts(host, 1 + (program.ports?.length ?? 0));
  const { site, written } = furnish(program, around, lab, {
    listen: { host, port: port! },
    ports: Object.fromEntries((program.ports ?? []).map((name, i) => [name, { host, port: others[i]! }])),
    dir: join(lab.dir, `${program.name}-${port}`),
    seen: (target) => ('address' in target ? target.address : target),
    hosts: ['127.0.0.1', host],
    ours: true,
  });
  await writeFolder(lab.dir, site.dir, written);
  const running = await program.embed(site);
  try {
    await program.after?.(site);
  } catch (fault) {
    await running[Symbol.asyncDispose]();
    throw fault;
  }
  return {
    name: program.name,
    runtime: 'in-process',
    address: site.listen,
    site,
    files: {},
    logs: () => '',
    died: new Promise(() => {}),
    [Symbol.asyncDispose]: async () => running[Symbol.asyncDispose](),
  };
}
