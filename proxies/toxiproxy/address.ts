import { lookup } from 'node:dns/promises';

/** `host:port`, `[host]:port`, `:port` and, for a listener, nothing. Throws with the words of Go's net package. */
export function splitHostPort(text: string): { host: string; port: number } {
  if (text === '') return { host: '', port: 0 };
  const colon = text.lastIndexOf(':');
  if (colon < 0 || text.endsWith(']')) throw new Error(`address ${text}: missing port in address`);
  let host = text.slice(0, colon);
  if (host.startsWith('[') && host.endsWith(']')) host = host.slice(1, -1);
  else if (host.includes(':')) throw new Error(`address ${text}: too many colons in address`);
  const port = text.slice(colon + 1);
  if (!/^\+?\d*$/.test(port)) throw new Error(`lookup tcp/${port}: unknown port`);
  if (Number(port) > 65535) throw new Error(`address ${Number(port)}: invalid port`);
  return { host, port: Number(port) };
}

export function joinHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The address with its host name looked up, IPv4 first; a missing host stays missing. */
export async function resolve(text: string): Promise<{ host: string; port: number }> {
  const { host, port } = splitHostPort(text);
  if (host === '') return { host, port };
  try {
    const found = await lookup(host, { all: true });
    return { host: (found.find(({ family }) => family === 4) ?? found[0])?.address ?? host, port };
  } catch {
    throw new Error(`lookup ${host}: no such host`);
  }
}
