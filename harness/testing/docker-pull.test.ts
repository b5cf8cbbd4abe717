import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Docker from 'dockerode';
import t, { type Test } from 'tap';
import { ran } from '../cli/testing/io.js';
import { parse } from '../run-file.js';
import { tar } from '../runtimes/docker/tar.js';
import docker from '../runtimes/docker.js';
import { setEnv } from './env.js';
import { tempFolder, tracesOf } from './traces.js';

t.setTimeout(110_000);

/** Debian's package of that name brings it. */
const REGISTRY = '/usr/bin/docker-registry';
const image = process.env.WSGAUNTLET_IMAGE_NGINX;
const absent =
  image === undefined
    ? 'WSGAUNTLET_IMAGE_NGINX names no image'
    : !existsSync(REGISTRY)
      ? `there is no ${REGISTRY}; install it with: apt-get install docker-registry`
      : !/^unix:/.test(process.env.DOCKER_HOST || 'unix:')
        ? 'needs an engine of this machine, which takes a registry on loopback without TLS'
        : await docker().refuses({ name: 'nginx', image, argv: () => ['nginx'] });
if (absent !== undefined && process.env.WSGAUNTLET_STRICT === '1') t.fail(absent);
const skip = absent ?? false;

/** A registry on loopback, empty. */
async function registry(t: Test): Promise<string> {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const at = `127.0.0.1:${(free.address() as AddressInfo).port}`;
  free.close();
  await once(free, 'close');
  const folder = tempFolder(t);
  writeFileSync(
    join(folder, 'config.yml'),
    `version: 0.1\nlog: { level: error }\nstorage: { filesystem: { rootdirectory: ${folder}/store } }\nhttp: { addr: '${at}' }\n`,
  );
  const child = spawn(REGISTRY, ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  t.teardown(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  for (let tries = 0; tries < 200; tries++) {
    if ((await fetch(`http://${at}/v2/`).catch(() => undefined))?.ok) return at;
    await sleep(50);
  }
  throw new Error('the registry did not come up');
}

/** The nginx image with a layer that nobody else has, in the registry alone. */
async function published(t: Test, engine: Docker, at: string): Promise<string> {
  const base = await engine.createContainer({ Image: image!, Cmd: ['nginx'] });
  await base.putArchive(tar([{ path: 'ballast', mode: 0o644, octets: randomBytes(8_000_000) }]), {
    path: '/',
  });
  await base.commit({ repo: `${at}/nginx`, tag: 'test' });
  await base.remove();
  const reference = `${at}/nginx:test`;
  const made = engine.getImage(reference);
  t.teardown(() => made.remove({ force: true }).catch(() => {}));
  const pushing = await made.push({ authconfig: {} });
  await new Promise<void>((resolve, reject) => {
    engine.modem.followProgress(pushing, (fault, steps: { error?: string }[]) => {
      const error = fault ?? steps.map((step) => step.error).find(Boolean);
      if (error) reject(new Error(String(error)));
      else resolve();
    });
  });
  await made.remove({ force: true });
  return reference;
}

t.test('an image that has to be pulled: how far it is, and then the run', { skip }, async (t) => {
  const engine = new Docker();
  const reference = await published(t, engine, await registry(t));
  const cwd = tempFolder(t);
  setEnv(t, { TMPDIR: cwd });
  const run = (ref: string) =>
    ran(
      [
        ...['run', 'nginx/websocket', '--checks', 'opening/upgrade', '--runtime', 'docker'],
        ...['--image', `nginx=${ref}`, '--json', '--out', 'out'],
      ],
      { cwd },
    );
  const { code, stdout, stderr } = await run(reference);
  t.equal(code, 0, stderr);
  const told = stderr.split('\n');
  t.ok(
    told.some((line) => line.startsWith(`pulling ${reference}: `) && / \d+ % of 8 MB$/.test(line)),
    stderr,
  );
  t.ok(told.includes(`pulled ${reference}`), 'that it is here');
  const { findings, places } = parse(stdout, 'stdout');
  t.match(
    findings.map(({ outcome }) => outcome),
    ['pass'],
  );
  t.match(places['nginx/websocket']?.hops[1], { name: 'nginx', runtime: /^docker/, version: /^\d/ });

  const again = await run(reference);
  t.equal(again.code, 0);
  t.notMatch(again.stderr, 'pull', 'it is here by now');

  const other = reference.replace(/:test$/, ':nosuch');
  const none = await run(other);
  t.equal(none.code, 3);
  t.match(
    parse(none.stdout, 'stdout').findings[0]?.message,
    /the image \S+:nosuch is not here and cannot be pulled \(manifest for \S+ not found.*\); bring it with: docker pull /,
  );
  t.same(
    await engine.listContainers({ all: true, filters: { label: [`wsgauntlet.pid=${process.pid}`] } }),
    [],
  );
  t.same(tracesOf(cwd), { processes: [], folders: [] });
});
