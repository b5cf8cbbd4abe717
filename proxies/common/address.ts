import type { Address } from '../../harness/model.js';

/** `host:port`, an IPv6 host in brackets: what URLs, nginx and Squid all read. */
export const hostPort = ({ host, port }: Address): string => `${bracketed(host)}:${port}`;

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** The reverse; undefined for anything else. */
export function parseHostPort(text: string): Address | undefined {
  const [, inBrackets, plain, port] = /^(?:\[([0-9a-f:.]+)\]|([^:/\s]+)):(\d{1,5})$/i.exec(text) ?? [];
  const host = inBrackets ?? plain;
  return host && Number(port) >= 1 && Number(port) <= 65_535 ? { host, port: Number(port) } : undefined;
}
