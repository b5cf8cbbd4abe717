import { basename, dirname, resolve } from 'node:path';
import type { Intermediary } from '../../harness/model.js';
import { UserFileError } from './choose.js';
import { readHaproxy } from './haproxy/read.js';
import { readNginx } from './nginx/read.js';
import type { UserFileOptions } from './options.js';
import { Source } from './source.js';
import { readSquid } from './squid/read.js';

export { UserFileError } from './choose.js';
export type { UserFileOptions } from './options.js';

const products = { nginx: readNginx, haproxy: readHaproxy, squid: readSquid };

/**
 * An intermediary out of a configuration file of the user's: nginx's, Squid's or HAProxy's, told by its name or by what
 * is in it. It runs as it stands, but in a private folder: our listener and our origin take the places of its own, the
 * lab's certificates those of its certificates. Throws a UserFileError, with file and line, where the file cannot be
 * read or does not say enough.
 */
export function userFile(path: string, options: UserFileOptions = {}): Intermediary {
  const whole = resolve(path);
  let source: Source;
  try {
    source = new Source(whole, dirname(whole));
  } catch (fault) {
    throw new UserFileError(`${path} cannot be read: ${(fault as Error).message}`);
  }
  return products[productOf(source)](source, options);
}

function productOf({ path, text }: Source): keyof typeof products {
  const name = basename(path).toLowerCase();
  if (name.includes('nginx')) return 'nginx';
  if (name.includes('squid')) return 'squid';
  if (name.includes('haproxy') || name.endsWith('.cfg')) return 'haproxy';
  if (/^\s*(?:http|stream|server|upstream)\b[^;{}]*\{/m.test(text)) return 'nginx';
  if (/^(?:frontend|backend|listen|defaults)\b/m.test(text)) return 'haproxy';
  if (/^https?_port\s/m.test(text)) return 'squid';
  throw new UserFileError(
    `${path} is neither a configuration of nginx nor of Squid nor of HAProxy as far as can be told; give it the name nginx.conf, squid.conf or haproxy.cfg`,
  );
}
