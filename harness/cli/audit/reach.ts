import { existsSync, readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { Endpoint } from '../../model.js';
import { redact } from '../../protocol/index.js';
import type { AuditSettings } from '../settings/audit-table.js';
import { Misuse } from '../trouble.js';

const PROXIES = ['http:', 'https:', 'socks5:'];

/** How the endpoint is reached, as the user says. @throws {Misuse} */
export function reachOf(url: URL, settings: AuditSettings, cwd: string): Endpoint['reach'] {
  const { via, ca, cert, key, insecure, servername, resolve: elsewhere } = settings;
  if ((cert === undefined) !== (key === undefined)) throw new Misuse('--cert and --key go together');
  if (via !== undefined && elsewhere !== undefined) {
    throw new Misuse(
      '--resolve says where to connect to, and --via leaves that to the proxy: give one of them',
    );
  }
  return {
    ...(via !== undefined && { proxy: proxyOf(via) }),
    ...(ca !== undefined && { ca: pem(ca, 'CERTIFICATE', '--ca', cwd) }),
    ...(cert !== undefined && { cert: pem(cert, 'CERTIFICATE', '--cert', cwd) }),
    ...(key !== undefined && { key: pem(key, 'PRIVATE KEY', '--key', cwd) }),
    ...(insecure && { insecure }),
    ...(servername !== undefined && { servername }),
    ...(elsewhere !== undefined && { at: addressOf(elsewhere, url) }),
  };
}

function proxyOf(via: string): string {
  if (URL.canParse(via) && PROXIES.includes(new URL(via).protocol) && new URL(via).hostname !== '')
    return via;
  throw new Misuse(
    `--via must be http://, https:// or socks5:// with a host and a port, and is "${redact(via)}"`,
  );
}

function pem(file: string, what: string, flag: string, cwd: string): string {
  const path = resolve(cwd, file);
  if (!existsSync(path) || !statSync(path).isFile()) throw new Misuse(`${flag}: there is no file ${file}`);
  const text = readFileSync(path, 'latin1');
  if (!new RegExp(`-----BEGIN [A-Z ]*${what}-----`).test(text)) {
    throw new Misuse(`${flag}: ${file} holds no PEM ${what.toLowerCase()}`);
  }
  return text;
}

/** `host:port:address`, as curl has it; the address may be IPv6, in brackets or not. */
function addressOf(given: string, url: URL): { host: string; port: number } {
  const [, host, port, address = ''] = /^(\[[^\]]+\]|[^:]+):(\d+):(.+)$/.exec(given) ?? [];
  const bare = address.replace(/^\[|\]$/g, '');
  if (host === undefined || !isIP(bare)) {
    throw new Misuse(
      `--resolve must be of the form host:port:address, with an IP address last, and is "${given}"`,
    );
  }
  const own = Number(url.port) || (url.protocol === 'wss:' ? 443 : 80);
  if (host.toLowerCase() !== url.hostname || Number(port) !== own) {
    throw new Misuse(`--resolve is for ${host}:${port}, and the URL names ${url.hostname}:${own}`);
  }
  return { host: bare, port: own };
}
