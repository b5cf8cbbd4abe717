import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { LAB_NAME } from '../lab.js';
import type { Address, Lab, Program, Runtime, Service, Site, Surroundings } from '../model.js';

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
    start,
  };
}

async function start(program: Program, around: Surroundings, lab: Lab): Promise<Service> {
  if (!program.embed) throw new Error(`${program.name} does not run in-process`);
  for (let tried = 1; ; tried++) {
    const site = await siteFor(program, around, lab);
    try {
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
    } catch (fault) {
      // Another process may take a port between our asking for a free one and the program's binding it.
      if ((fault as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tried === TRIES) throw fault;
    }
  }
}

async function siteFor(program: Program, around: Surroundings, lab: Lab): Promise<Site> {
  const host = around.bind;
  const [main, ...others] = await freePorts(host, 1 + (program.ports?.length ?? 0));
  const listen = { host, port: main! };
  const dir = join(lab.dir, `${program.name}-${main}`);
  await mkdir(dir, { mode: 0o700 });
  const leaf = lab.authority.leaf([LAB_NAME, 'localhost', '127.0.0.1', host], program.certificate);
  const pems = { cert: leaf.cert, key: leaf.key, ca: lab.authority.ca, caKey: lab.authority.caKey };
  const paths = { cert: '', key: '', ca: '', caKey: '' };
  for (const [name, pem] of Object.entries(pems) as [keyof typeof pems, string][]) {
    paths[name] = join(dir, `${name}.pem`);
    await writeFile(paths[name], pem, { mode: 0o600 });
  }
  const ports = Object.fromEntries(
    (program.ports ?? []).map((name, i) => [name, { host, port: others[i]! }]),
  );
  return {
    listen,
    upstream: addressOf(around.upstream) ?? listen,
    upstreamTls: around.upstreamTls ?? false,
    ...(around.parent && { parent: addressOf(around.parent)! }),
    ports,
    dir,
    ...paths,
    name: LAB_NAME,
    saw: (sighting) => lab.saw(sighting),
  };
}

const addressOf = (target: Service | Address | undefined): Address | undefined =>
  target && 'address' in target ? target.address : target;

/** Ports that nobody listens on, all different. */
async function freePorts(host: string, count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  try {
    return await Promise.all(
      servers.map(
        (server) =>
          new Promise<number>((resolve, reject) => {
            server.once('error', reject);
            server.listen(0, host, () => resolve((server.address() as { port: number }).port));
          }),
      ),
    );
  } finally {
    await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  }
}
