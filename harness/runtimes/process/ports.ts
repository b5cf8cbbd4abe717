import { type AddressInfo, createServer } from 'node:net';

/** How programs say that somebody else holds their port. */
export const taken = /address (is )?already in use|EADDRINUSE|cannot bind socket.*98/i;

/** Said when a program did not get its port. */
export class PortTaken extends Error {}

/** Distinct ports that are free on the host right now. Another program may still take one before ours binds it. */
export async function freePorts(host: string, count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listening(host)));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

function listening(host: string) {
  return new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => reject(new Error(`cannot listen on ${host}: ${error.message}`)));
    server.listen(0, host, () => resolve(server));
  });
}
