import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** Where daemons are installed; the PATH of ordinary users often lacks these. */
const SYSTEM = [
  '/usr/local/sbin',
  '/usr/sbin',
  '/sbin',
  '/usr/local/bin',
  '/usr/bin',
  '/bin',
  '/opt/homebrew/bin',
];

const DEBIAN: Readonly<Record<string, string>> = {
  nginx: 'nginx libnginx-mod-stream',
  squid: 'squid-openssl',
  haproxy: 'haproxy',
};
const HOMEBREW: Readonly<Record<string, string>> = {
  nginx: 'nginx',
  squid: 'squid',
  haproxy: 'haproxy',
  'toxiproxy-server': 'toxiproxy',
};
const RELEASES: Readonly<Record<string, string>> = {
  'toxiproxy-server': 'https://github.com/Shopify/toxiproxy/releases',
};

export function searchPath(): string {
  return [...new Set([...(process.env.PATH ?? '').split(delimiter), ...SYSTEM])]
    .filter(isAbsolute)
    .join(delimiter);
}

/** The path of an executable file of that name, on PATH or where daemons are installed. */
export async function findBinary(name: string): Promise<string | undefined> {
  if (name.includes('/')) return (await executable(resolve(name))) ? resolve(name) : undefined;
  for (const folder of searchPath().split(delimiter)) {
    if (await executable(join(folder, name))) return join(folder, name);
  }
  return undefined;
}

/** The sentence that says that it is missing, with the one command that would help. */
export function missing(name: string): string {
  const packages = (process.platform === 'darwin' ? HOMEBREW : DEBIAN)[name];
  const command = process.platform === 'darwin' ? 'brew install' : 'apt-get install';
  if (packages) return `no \`${name}\` on PATH; install it with: ${command} ${packages}`;
  const release = RELEASES[name];
  if (release) return `no \`${name}\` on PATH; put its binary there under that name, from ${release}`;
  return `no \`${name}\` on PATH; install it, or name its path in \`binaries\` of the configuration`;
}

async function executable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
