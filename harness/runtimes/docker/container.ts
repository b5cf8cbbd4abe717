import { posix } from 'node:path';
import type Docker from 'dockerode';
import type { Address, Lab, Program, Service, Site, Surroundings } from '../../model.js';
import { untilReady } from '../ready.js';
import { furnish, type Written } from '../site.js';
import { Tail, withLines } from '../tail.js';
import { howItEnds } from './ending.js';
import { type Engine, EngineAnswer } from './engine.js';
import type { Image } from './image.js';
import { labels } from './labels.js';
import { type Bridge, HOST } from './network.js';
import { demultiplex } from './output.js';
import { type Entry, tar } from './tar.js';

const DIR = '/wsgauntlet';
const READY_MS = 30_000;
const REMOVE_MS = 8_000;

/** Where a container is to run, and out of what. */
export interface Berth {
  engine: Engine;
  bridge: Bridge;
  image: Image;
}

/** Runs the program in a container on the lab's bridge, and waits until it answers. */
export async function startContainer(
  { engine, bridge, image }: Berth,
  program: Program,
  around: Surroundings,
  lab: Lab,
): Promise<Service> {
  const { docker, following, call } = engine;
  const doing = `starting ${program.name}`;
  const anywhere = (port: number): Address => ({ host: '0.0.0.0', port });
  const { site, files, written } = furnish(program, around, lab, {
    listen: anywhere(program.tls ? 8443 : 8080),
    ports: Object.fromEntries((program.ports ?? []).map((name, i) => [name, anywhere(9001 + i)])),
    dir: DIR,
    seen: (target) => bridge.seen('address' in target ? (target.inside ?? target.address) : target),
    hosts: ['127.0.0.1', bridge.publishedAt, ...bridge.addresses],
  });
  const { id } = await call(doing, docker.createContainer(description(bridge, image, program, site, lab)));
  const container = docker.getContainer(id);
  const watched = following.getContainer(id);
  const watch = new AbortController();
  const follow = { stream: true, stdout: true, stderr: true, abortSignal: watch.signal };
  let removed: Promise<void> | undefined;
  const remove = () => {
    watch.abort();
    removed ??= engine
      .remove(`removing ${program.name}`, container.remove({ force: true, v: true }), REMOVE_MS)
      .catch(ignoreGone);
    return removed;
  };
  const output = new Tail();
  const logs = () => output.text();
  try {
    await call(doing, container.putArchive(tar(entries(written, image)), { path: '/' }));
    const said = demultiplex(await call(doing, watched.attach(follow)), output);
    await call(doing, container.start());
    const ended = howItEnds(engine, id, said, watch.signal);
    const shown = await call(doing, container.inspect());
    const reached = reach(bridge, shown, site);
    await Promise.all([
      untilReady(program, reached, { trouble: ended, logs, signal: lab.signal, withinMs: READY_MS }),
      ...(program.logs?.length ? [followFiles(engine, id, program.logs, output)] : []),
    ]);
    await program.after?.(reached);
    const inside = shown.NetworkSettings.Networks[bridge.name]!.IPAddress;
    return {
      name: program.name,
      runtime: bridge.direct ? 'docker' : 'docker (published port)',
      is: `container ${id.slice(0, 12)}`,
      address: reached.listen,
      inside: { host: inside, port: site.listen.port },
      site: reached,
      files,
      logs,
      died: ended.then((how) =>
        removed ? new Promise(() => {}) : withLines(`${program.name} ${how}`, logs()),
      ),
      [Symbol.asyncDispose]: remove,
    };
  } catch (fault) {
    await remove();
    throw fault;
  }
}

function description(
  bridge: Bridge,
  image: Image,
  program: Program,
  site: Site,
  lab: Lab,
): Docker.ContainerCreateOptions {
  const [command = program.name, ...rest] = program.argv!(site);
  const ports = [site.listen, ...Object.values(site.ports)].map(({ port }) => `${port}/tcp`);
  return {
    Image: image.id,
    Entrypoint: [program.entrypoint ?? command],
    Cmd: rest,
    WorkingDir: DIR,
    Labels: labels(lab),
    ...(!bridge.direct && { ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])) }),
    HostConfig: {
      NetworkMode: bridge.name,
      ...(!bridge.direct && {
        PortBindings: Object.fromEntries(ports.map((port) => [port, [{ HostPort: '' }]])),
        ExtraHosts: [`${HOST}:host-gateway`],
      }),
    },
  };
}

/** The folder is as open as /tmp is: some programs give up their privileges, and some images never had any. */
function entries(written: readonly Written[], image: Image): Entry[] {
  const root = ['', '0', 'root'].includes(image.user.split(':')[0]!);
  const inside = written.map(({ path, ...file }) => ({ ...file, path: posix.join(DIR.slice(1), path) }));
  const folders = new Set<string>();
  for (const { path } of inside) {
    for (let up = posix.dirname(path); up !== '.'; up = posix.dirname(up)) folders.add(`${up}/`);
  }
  return [
    ...[...folders].sort().map((path) => ({ path, mode: 0o1777 })),
    ...inside.map(({ path, text, secret }) => {
      return { path, mode: secret && root ? 0o600 : 0o644, octets: Buffer.from(text) };
    }),
  ];
}

/** The site with its listeners as the harness reaches them. */
function reach(bridge: Bridge, shown: Docker.ContainerInspectInfo, site: Site): Site {
  const { Networks, Ports } = shown.NetworkSettings;
  const host = Networks[bridge.name]?.IPAddress ?? '';
  const at = ({ port }: Address): Address => {
    if (bridge.direct) return { host, port };
    return { host: bridge.publishedAt, port: Number(Ports[`${port}/tcp`]?.[0]?.HostPort ?? 0) };
  };
  const ports = Object.fromEntries(Object.entries(site.ports).map(([name, address]) => [name, at(address)]));
  return { ...site, listen: at(site.listen), ports };
}

/** Adds what the program writes to files to its output, where the image has a `tail`. */
async function followFiles(
  { docker, following, call }: Engine,
  id: string,
  files: readonly string[],
  into: Tail,
) {
  try {
    const Cmd = ['tail', '-n', '+1', '-F', ...files.map((file) => posix.join(DIR, file))];
    const made = docker.getContainer(id).exec({ Cmd, AttachStdout: true, AttachStderr: false, User: '0' });
    const exec = following.getExec((await call('following logs', made)).id);
    void demultiplex(await call('following logs', exec.start({ hijack: false, stdin: false })), into);
  } catch (error) {
    if (!(error instanceof EngineAnswer)) throw error;
  }
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof EngineAnswer && [404, 409].includes(error.status))) throw error;
}
