import { createSocket } from 'node:dgram';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { Refusal } from '../../lab.js';
import type { Address, Lab } from '../../model.js';
import type { Engine } from './engine.js';
import { labels } from './labels.js';

/** The bridge that a lab's containers share. */
export interface Bridge extends AsyncDisposable {
  name: string;
  /**
   * Whether this machine is on the bridge, so that containers are reached at their own addresses. If not, their
   * ports are published, which hides peers and turns an RST into a FIN.
   */
  direct: boolean;
  /** Where published ports are. */
  publishedAt: string;
  /** What programs of this machine must bind to be reached by containers. */
  bind: string;
  /** The first host addresses of its subnet, which the engine gives out in turn. */
  addresses: readonly string[];
  /** An address of this machine's view as containers reach it. */
  seen(address: Address): Address;
}

/** What the engine resolves to the machine that it runs on. */
export const HOST = 'host.docker.internal';

/** A note in the lab's folder that there is something of it with an engine. */
const ENGINE = 'engine';

export async function createBridge(engine: Engine, lab: Lab): Promise<Bridge> {
  const name = basename(lab.dir);
  await writeFile(join(lab.dir, ENGINE), engine.endpoint);
  const network = await engine.call(
    'creating a network',
    engine.docker.createNetwork({
      Name: name,
      Driver: 'bridge',
      CheckDuplicate: true,
      Labels: labels(lab),
    }),
  );
  const remove = () => engine.remove('removing a network', network.remove() as Promise<unknown>);
  try {
    const shown = await engine.call('inspecting a network', network.inspect());
    const { Gateway = '', Subnet = '' } = shown.IPAM?.Config?.[0] ?? {};
    const direct = Gateway !== '' && (await isOurs(Gateway));
    const remote = remoteHost(engine.endpoint);
    const bind = direct ? Gateway : remote ? await towards(remote) : '127.0.0.1';
    return {
      name,
      direct,
      publishedAt: remote ?? '127.0.0.1',
      bind,
      addresses: direct ? firstOf(Subnet, 32) : [],
      seen(address) {
        if (!LOOPBACK.test(address.host)) return address;
        if (!direct && !remote) return { ...address, host: HOST };
        const at = `${address.host}:${address.port}`;
        throw new Refusal(`containers do not reach ${at}, a loopback address; let it listen on ${bind}`);
      },
      async [Symbol.asyncDispose]() {
        await remove();
      },
    };
  } catch (fault) {
    await remove();
    throw fault;
  }
}

/** Whether the address is one of this machine's. A bridge without containers is down and not among the interfaces. */
function isOurs(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(0, host, () => server.close(() => resolve(true)));
  });
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

/** The host of an engine on another machine. A port on loopback is how a virtual machine on this one is reached. */
function remoteHost(endpoint: string): string | undefined {
  if (/^(unix|npipe):/.test(endpoint)) return undefined;
  const { hostname } = new URL(endpoint.includes('//') ? endpoint : `tcp://${endpoint}`);
  const host = hostname.replace(/^\[|\]$/g, '');
  return LOOPBACK.test(host) ? undefined : host;
}

/** This machine's address on the way to a host; nothing is sent. */
function towards(host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', (error) =>
      reject(new Error(`no way to the Docker engine's host ${host}: ${error.message}`)),
    );
    socket.connect(9, host, () => {
      resolve(socket.address().address);
      socket.close();
    });
  });
}

function firstOf(subnet: string, count: number): string[] {
  const octets = subnet.split('/')[0]!.split('.').map(Number);
  if (octets.length !== 4) return [];
  const base = octets.reduce((value, octet) => value * 256 + octet, 0);
  return Array.from({ length: count }, (_, i) => {
    const value = base + 2 + i;
    return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
  });
}
