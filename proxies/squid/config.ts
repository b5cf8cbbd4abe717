import type { Address, Site } from '../../harness/model.js';
import { hostPort } from '../common/address.js';
import { milliseconds } from '../common/duration.js';
import { access } from './access.js';
import type { SquidOptions } from './index.js';
import { bumps, type SquidMode } from './mode.js';

/** squid.conf: what it listens on and whom it lets through, then what keeps it small, quick and in its folder. */
export function squidConfig(options: SquidOptions, site: Site): string {
  const { mode = 'forward', upgrade, readTimeout, cache } = options;
  return [
    mode === 'accelerator' ? accelerator(options, site) : forward(options, site),
    upgradable(upgrade),
    // Squid counts whole seconds.
    readTimeout ? `read_timeout ${Math.ceil(milliseconds(readTimeout) / 1000)} seconds\n` : '',
    cache === 'pages' ? 'acl asks_for_upgrade req_header Upgrade .\ncache deny asks_for_upgrade\n' : '',
    cache ? 'cache_mem 16 MB\n' : 'cache deny all\ncache_mem 1 MB\n',
    housekeeping(site),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** A name for each line. */
function upgradable(upgrade: SquidOptions['upgrade']): string {
  if (!upgrade) return '';
  const names = upgrade === 'any-case' ? ['websocket', 'WebSocket', 'Websocket', 'WEBSOCKET'] : ['websocket'];
  return names.map((name) => `http_upgrade_request_protocols ${name} allow all\n`).join('');
}

function forward(options: SquidOptions, site: Site): string {
  const { mode = 'forward', connect = bumps(mode) ? 'any' : 'default' } = options;
  return `http_port ${hostPort(site.listen)}${bumps(mode) ? bumpPort(mode, site) : ''}
${access(connect, site)}${bumps(mode) ? bumping(mode, site) : ''}${site.parent ? parent(site.parent) : ''}`;
}

/** Only a port that makes certificates needs the CA's key; a splicing one never shows the certificate that it has to have. */
function bumpPort(mode: SquidMode, { cert, key, ca, caKey }: Site): string {
  return mode === 'inspect'
    ? ` ssl-bump tls-cert=${ca} tls-key=${caKey} generate-host-certificates=on dynamic_cert_mem_cache_size=4MB`
    : ` ssl-bump tls-cert=${cert} tls-key=${key} generate-host-certificates=off`;
}

/** Peeking first tells the name that the client asks for, and lets the server's own certificate be mimicked. */
function bumping(mode: SquidMode, { ca, dir }: Site): string {
  const rules = `
acl at_client_hello at_step SslBump1
ssl_bump peek at_client_hello
ssl_bump ${mode === 'inspect' ? 'bump' : 'splice'} all
`;
  if (mode === 'splice') return rules;
  // Squid 5 compares a host that is an IP address with the DNS names of a certificate alone.
  return `${rules}
sslcrtd_program /bin/sh ${dir}/certgen.sh
sslcrtd_children 2 startup=1
tls_outgoing_options cafile=${ca} default-ca=off
acl by_address url_regex ^https://([0-9.]+|\\[[0-9a-f:]+\\])[:/]
acl other_name ssl_error SQUID_X509_V_ERR_DOMAIN_MISMATCH
sslproxy_cert_error allow other_name by_address
`;
}

const parent = ({ host, port }: Address) => `
cache_peer ${host} parent ${port} 0 no-query no-digest default name=next_hop
never_direct allow all
`;

function accelerator({ tls }: SquidOptions, site: Site): string {
  const { upstream, name } = site;
  const secure = tls ? ` tls-cert=${site.cert} tls-key=${site.key}` : '';
  const upstreamTls = site.upstreamTls
    ? ` tls tls-cafile=${site.ca} tls-default-ca=off ssldomain=${name}`
    : '';
  return `${tls ? 'https_port' : 'http_port'} ${hostPort(site.listen)} accel defaultsite=${name}${secure}
cache_peer ${upstream.host} parent ${upstream.port} 0 no-query no-digest originserver name=origin${upstreamTls}
never_direct allow all
http_access allow all
`;
}

/** Squid takes another of the same unique name, met in Via, for itself and the request for one that goes round. */
const uniqueName = ({ parent, upstream }: Site) =>
  `squid-to-${hostPort(parent ?? upstream).replace(/[^\w.]+/g, '-')}.gauntlet.test`;

const housekeeping = (site: Site) => `\
visible_hostname squid.gauntlet.test
unique_hostname ${uniqueName(site)}
logformat gauntlet %ts.%03tu %6tr %>a:%>p %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt
access_log stdio:${site.dir}/access.log gauntlet
strip_query_terms off
cache_log ${site.dir}/cache.log
pid_filename ${site.dir}/squid.pid
coredump_dir ${site.dir}
netdb_filename none
memory_cache_shared off
pinger_enable off
digest_generation off
max_filedescriptors 4096
shutdown_lifetime 0 seconds
`;
