import type { Proxy as ProxyClient } from 'toxiproxy-node-client';
import type { Site } from '../../harness/model.js';
import { hostPort } from '../common/address.js';
import type { ToxicSpec } from './spec.js';

/** The one proxy that is made on each server. */
const NAME = 'gauntlet';

async function client(site: Site) {
  const { Toxiproxy } = await import('toxiproxy-node-client');
  return new Toxiproxy(`http://${hostPort(site.ports.api!)}`);
}

/** Creates the proxy and its toxics; throws one sentence when the server refuses. */
export async function create(site: Site, toxics: readonly ToxicSpec[]): Promise<void> {
  const api = await client(site);
  const listen = hostPort(site.listen);
  // Not listening before its toxics are there: no connection is to begin without them.
  const place = { name: NAME, listen, upstream: hostPort(site.upstream) };
  const proxy = await api.createProxy({ ...place, enabled: false });
  for (const toxic of toxics) {
    await add(proxy, toxic).catch((error: Error) => {
      throw new Error(`toxiproxy refused the toxic ${JSON.stringify(toxic)}: ${error.message}`);
    });
  }
  await proxy.update({ ...place, enabled: true }).catch((error: Error) => {
    throw Object.assign(new Error(`toxiproxy cannot listen at ${listen}: ${error.message}`), {
      code: 'EADDRINUSE',
    });
  });
}

/** Adds a toxic, unless one of that name is there. */
export async function ensure(site: Site, toxic: ToxicSpec): Promise<void> {
  const proxy = await (await client(site)).get(NAME);
  await add(proxy, toxic).catch((error: Error) => {
    if (!error.message.endsWith(' 409')) throw error;
  });
}

export async function has(site: Site, toxic: string): Promise<boolean> {
  const proxy = await (await client(site)).get(NAME);
  return proxy.getToxic(toxic).then(
    () => true,
    () => false,
  );
}

/** Takes the proxy down, which closes its listener and all connections, or up. */
export async function enable(site: Site, enabled: boolean): Promise<void> {
  const proxy = await (await client(site)).get(NAME);
  await proxy.update({ listen: proxy.listen, upstream: proxy.upstream, enabled });
}

/** Closes all connections; a proxy that is down stays down. */
export async function cut(site: Site): Promise<void> {
  const proxy = await (await client(site)).get(NAME);
  if (!proxy.enabled) return;
  await enable(site, false);
  await enable(site, true);
}

/** Takes the proxy up and all toxics away. */
export async function heal(site: Site): Promise<void> {
  await (await client(site)).reset();
}

function add(proxy: ProxyClient, toxic: ToxicSpec) {
  const { type, stream = 'downstream', toxicity = 1, attributes = {} } = toxic;
  const name = toxic.name ?? `${type}_${stream}`;
  // The client's types leave noop out and have a `down` that no server knows.
  return proxy.addToxic({ name, type: type as 'latency', stream, toxicity, attributes });
}
