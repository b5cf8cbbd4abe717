import { hostname } from 'node:os';
import { basename } from 'node:path';
import type { Lab } from '../../model.js';
import type { Engine } from './engine.js';

const PID = 'wsgauntlet.pid';
const HOSTNAME = 'wsgauntlet.host';

/** Whose a container or a network is. */
export function labels(lab?: Lab): Record<string, string> {
  return {
    [PID]: `${process.pid}`,
    [HOSTNAME]: hostname(),
    ...(lab && { 'wsgauntlet.lab': basename(lab.dir) }),
  };
}

/** Removes the containers and networks of processes of this machine that are gone. */
export async function sweepEngine({ docker, call }: Engine): Promise<void> {
  const filters = { label: [PID, `${HOSTNAME}=${hostname()}`] };
  const containers = await call('listing containers', docker.listContainers({ all: true, filters }));
  for (const { Id } of containers.filter(({ Labels }) => orphaned(Labels))) {
    await call('removing a container', docker.getContainer(Id).remove({ force: true, v: true })).catch(
      ignoreGone,
    );
  }
  const networks = await call('listing networks', docker.listNetworks({ filters }));
  for (const { Id } of networks.filter(({ Labels }) => orphaned(Labels))) {
    await call('removing a network', docker.getNetwork(Id).remove()).catch(ignoreGone);
  }
}

function orphaned(found: Readonly<Record<string, string>> | undefined): boolean {
  try {
    process.kill(Number(found?.[PID]), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Another run sweeps at the same time. */
function ignoreGone(error: unknown): void {
  if (![403, 404, 409].includes((error as { status?: number }).status ?? 0)) throw error;
}
