import type { Site } from '../../../harness/model.js';
import { absolute } from '../source.js';
import type { Directive, Word } from './parse.js';

export const TEMP_PATHS = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
  (name) => `${name}_temp_path`,
);
const CACHE_PATHS = ['proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_cache_path`);

/** Paths that are relative to the folder of nginx.conf, which is another one now. */
const FILES = [
  'auth_basic_user_file',
  'proxy_ssl_certificate',
  'proxy_ssl_certificate_key',
  'proxy_ssl_crl',
  'proxy_ssl_password_file',
  'ssl_client_certificate',
  'ssl_crl',
  'ssl_dhparam',
  'ssl_password_file',
  'ssl_session_ticket_key',
  'ssl_stapling_file',
  'ssl_trusted_certificate',
];

/**
 * What of a directive is to be said otherwise for it to work in the site's folder: what nginx writes is written there,
 * and certificates are the lab's, for our clients trust no others.
 */
export function settle({ name, args, start }: Directive, site: Site, folder: string): [Word, string][] {
  const [first, ...others] = args;
  if (!first) return [];
  const fixed: Readonly<Record<string, string>> = {
    daemon: 'off',
    pid: `${site.dir}/nginx.pid`,
    error_log: `${site.dir}/error.log`,
    ssl_certificate: site.cert,
    ssl_certificate_key: site.key,
    proxy_ssl_trusted_certificate: site.ca,
    proxy_ssl_name: site.name,
    proxy_protocol: 'off',
  };
  const value = fixed[name];
  if (value !== undefined) return [[first, value]];
  if (name === 'user') return [[first, 'root'], ...others.map((word): [Word, string] => [word, ''])];
  if (name === 'access_log' && first.text !== 'off') return [[first, `${site.dir}/access.log`]];
  if (TEMP_PATHS.includes(name)) return [[first, `${site.dir}/${name}`]];
  if (CACHE_PATHS.includes(name)) return [[first, `${site.dir}/${name}-${start}`]];
  if (FILES.includes(name) && !first.text.includes('$')) return [[first, absolute(first.text, folder)]];
  return [];
}
