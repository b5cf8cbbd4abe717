import type { Address } from '../../harness/model.js';

/** `host:port`, an IPv6 host in brackets: what URLs, nginx and Squid all read. */
export const hostPort = ({ host, port }: Address): string => `${bracketed(host)}:${port}`;

export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);
