import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { redact } from '../../protocol/index.js';
import { Misuse } from '../trouble.js';

const SCHEMES: Readonly<Record<string, string>> = {
  'ws:': 'ws:',
  'http:': 'ws:',
  'wss:': 'wss:',
  'https:': 'wss:',
};

/** The URL of an endpoint, with a WebSocket scheme and without credentials, which come apart. @throws {Misuse} */
export function endpointUrl(given: string, what: string): { url: URL; credentials?: string } {
  const scheme = URL.canParse(given) ? SCHEMES[new URL(given).protocol] : undefined;
  if (scheme === undefined) {
    const meant = !given.includes('://') && URL.canParse(`ws://${given}`);
    const hint = meant ? `; did you mean ws://${redact(given)}?` : '';
    throw new Misuse(`${what} must be a URL such as wss://host:port/path, and is "${redact(given)}"${hint}`);
  }
  const url = new URL(given.replace(/^[a-z0-9+.-]+:/i, scheme));
  if (url.hash !== '') {
    throw new Misuse(
      `${what} has a fragment (${redact(url.hash)}), which no WebSocket URL may have (RFC 6455 §3); leave it out`,
    );
  }
  const { username, password } = url;
  if (username === '' && password === '') return { url };
  url.username = url.password = '';
  return { url, credentials: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` };
}

/** Whether the host is this machine. A name that does not resolve is not. */
export async function isHere(host: string): Promise<boolean> {
  const bare = host.replace(/^\[|\]$/g, '');
  const found = isIP(bare) ? [{ address: bare }] : await lookup(bare, { all: true }).catch(() => []);
  const own = Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address }) => address) ?? []);
  return found.length > 0 && found.every(({ address }) => isLoopback(address) || own.includes(address));
}

const isLoopback = (address: string): boolean => address === '::1' || /^(?:::ffff:)?127\./.test(address);
