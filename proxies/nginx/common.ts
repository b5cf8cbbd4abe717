import type { Site } from '../../harness/model.js';
import { type Duration, milliseconds } from '../common/duration.js';

/**
 * What every configuration begins with. `user root` keeps a master that was started as root from handing its
 * workers to an account that cannot enter the private folder; started as anybody else, nginx ignores it. There
 * is no `-e`: nginx before 1.19.5 does not know it.
 */
export const mainDirectives = ({ dir }: Site): string => `\
daemon off;
user root;
worker_processes 1;
pid ${dir}/nginx.pid;
error_log ${dir}/error.log info;
events { worker_connections 1024; }
`;

/** Paths that nginx would otherwise have below /var or its prefix. */
export const httpPaths = ({ dir }: Site): string => `\
  client_body_temp_path ${dir}/body;
  proxy_temp_path ${dir}/proxy;
  fastcgi_temp_path ${dir}/fastcgi;
  uwsgi_temp_path ${dir}/uwsgi;
  scgi_temp_path ${dir}/scgi;
`;

export const certificateOf = ({ cert, key }: Site, indent: string, oldTls?: boolean): string =>
  `${indent}ssl_certificate ${cert};\n${indent}ssl_certificate_key ${key};\n${versionsOf(oldTls, indent)}`;

/** OpenSSL knows the old versions at its lowest security level alone. */
function versionsOf(oldTls: boolean | undefined, indent: string): string {
  if (oldTls === undefined) return '';
  if (!oldTls) return `${indent}ssl_protocols TLSv1.2 TLSv1.3;\n`;
  return `${indent}ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;\n${indent}ssl_ciphers DEFAULT:@SECLEVEL=0;\n`;
}

/** Ask for the lab's name and believe only the lab's CA. */
export const verifiedUpstream = ({ ca, name }: Site, indent: string): string =>
  [
    `proxy_ssl_trusted_certificate ${ca};`,
    'proxy_ssl_verify on;',
    `proxy_ssl_name ${name};`,
    'proxy_ssl_server_name on;',
  ]
    .map((line) => `${indent}${line}\n`)
    .join('');

export const setting = (directive: string, duration: Duration | undefined, indent: string): string =>
  duration === undefined ? '' : `${indent}${directive} ${milliseconds(duration)}ms;\n`;
