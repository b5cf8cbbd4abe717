import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Docker from 'dockerode';
import type { Test } from 'tap';
import { tempFolder } from './traces.js';

/** Why there can be no engine on a network of its own here; nothing where there can. */
export function noRemoteEngine(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'only root on Linux may give an engine a network of its own';
  const absent = ['/usr/sbin/dockerd', '/usr/bin/nsenter', '/usr/sbin/ip'].find(
    (path) => !existsSync(path) && !existsSync(path.replace('/sbin/', '/bin/')),
  );
  return absent && `there is no ${absent}`;
}

/**
 * A Docker engine as one on another machine is: with interfaces of its own, reached at an address by TCP. It has the
 * image of the engine at hand. Ends with the test.
 */
export async function remoteEngine(t: Test, image: string): Promise<string> {
  const folder = tempFolder(t);
  const name = `wsg-${process.pid}`;
  const net = `10.213.${process.pid % 250}`;
  const ip = (...args: string[]) => execFileSync('ip', args, { stdio: 'pipe' });
  ip('netns', 'add', name);
  // Its end of the wire goes with it, and with that ours.
  t.teardown(() => ip('netns', 'delete', name));
  ip('link', 'add', name.slice(0, 15), 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
  ip('address', 'add', `${net}.1/24`, 'dev', name.slice(0, 15));
  ip('link', 'set', name.slice(0, 15), 'up');
  ip('-n', name, 'link', 'set', 'lo', 'up');
  ip('-n', name, 'address', 'add', `${net}.2/24`, 'dev', 'eth0');
  ip('-n', name, 'link', 'set', 'eth0', 'up');

  const log = join(folder, 'log');
  const out = openSync(log, 'w');
  const at = (what: string) => join(folder, what);
  const child = spawn(
    'nsenter',
    [
      ...[`--net=/var/run/netns/${name}`, 'dockerd', '--host', `tcp://${net}.2:2375`, '--tls=false'],
      ...['--storage-driver', 'vfs', '--data-root', at('data'), '--exec-root', at('exec')],
      ...['--pidfile', at('pid')],
    ],
    { stdio: ['ignore', out, out], env: { PATH: process.env.PATH } },
  );
  t.teardown(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  const engine = new Docker({ host: `${net}.2`, port: 2375, protocol: 'http' });
  for (let tries = 0; ; tries++) {
    const said = await engine.ping().then(
      () => undefined,
      (fault: Error) => fault.message,
    );
    if (said === undefined) break;
    if (tries > 300 || child.exitCode !== null)
      throw new Error(`the engine did not come up: ${said}\n${readFileSync(log, 'utf8').slice(-2000)}`);
    await sleep(100);
  }
  const loading = await engine.loadImage(await new Docker().getImage(image).get());
  await new Promise((resolve, reject) => {
    engine.modem.followProgress(loading, (fault) => (fault ? reject(fault) : resolve(undefined)));
  });
  return `tcp://${net}.2:2375`;
}
