import type { CertificateKind, Intermediary } from '../../harness/model.js';
import type { Duration } from '../common/duration.js';
import { offersOf } from '../common/remedies.js';
import { argv, sharedMemory } from './argv.js';
import { certgen } from './certgen.js';
import { squidConfig } from './config.js';
import { bumps, type SquidMode } from './mode.js';

export type { SquidMode } from './mode.js';

export interface SquidOptions {
  /**
   * `forward` when absent: a forward proxy with the ACLs of the squid.conf that Squid ships. `inspect` opens the
   * TLS inside CONNECT (ssl_bump peek, then bump) with certificates signed by the lab's CA; `splice` looks at the
   * SNI and passes the TLS on untouched. `accelerator` is a reverse proxy.
   */
  mode?: SquidMode;
  /** How clients ask for ws:// targets; CONNECT when absent. */
  method?: 'CONNECT' | 'GET';
  /**
   * Where CONNECT may lead: `default` to port 443 alone, as Squid ships; `any` also to the port of the site's
   * upstream. `default` when absent, but `any` where TLS is to be inspected or spliced.
   */
  connect?: 'default' | 'any';
  /**
   * `http_upgrade_request_protocols websocket allow all` (Squid 5 and later). Without it Squid drops Upgrade. Names are
   * compared with their case; `'any-case'` names the spellings that clients use.
   */
  upgrade?: boolean | 'any-case';
  /** `read_timeout`, whole seconds: how long a server may be silent; Squid's 15 minutes when absent. */
  readTimeout?: Duration;
  /** Keep answers in memory; `'pages'` answers no request for an upgrade with them. */
  cache?: boolean | 'pages';
  /** TLS in front; accelerator only. */
  tls?: boolean;
  /** Which certificate is shown, with `tls`. */
  certificate?: CertificateKind;
}

const REMEDIES = new URL('./remedies/', import.meta.url);

/**
 * Squid, one process without disk cache or helpers that it can do without. What it connects to by TLS itself
 * is verified against the lab's CA. Started as root it drops to its own account, which has to be able to write
 * the site's folder. Throws a TypeError for options that do not go together.
 */
export function squid(options: SquidOptions = {}): Intermediary {
  const { mode = 'forward', method, tls = false, certificate } = options;
  refuseMixture(options);
  return {
    name: 'squid',
    title: titleOf(options),
    image: 'ubuntu/squid:latest',
    role: mode === 'accelerator' ? 'reverse' : 'forward',
    ...(method && { method }),
    ...(tls && { tls }),
    ...(certificate && { certificate }),
    ...(mode === 'inspect' && { inspects: true }),
    version: ['squid', '-v'],
    ...needs(options),
    logs: ['access.log', 'cache.log'],
    files: (site) => ({
      'squid.conf': squidConfig(options, site),
      ...(mode === 'inspect' && { 'certgen.sh': certgen }),
    }),
    argv,
    sharedMemory,
    ready: { by: 'tcp' },
    remedies: (finding) => offersOf(REMEDIES, 'squid', finding, options, squid),
  };
}

export default squid;

function needs({ mode, upgrade }: SquidOptions): Pick<Intermediary, 'needs'> {
  if (bumps(mode)) {
    return {
      needs: {
        pattern: /Version [5-9][\s\S]*--with-openssl/,
        otherwise: 'ssl_bump needs Squid 5 or later built with OpenSSL (Debian and Ubuntu: squid-openssl)',
      },
    };
  }
  return upgrade
    ? { needs: { pattern: /Version ([5-9]|\d\d)\./, otherwise: 'forwarding Upgrade needs Squid 5 or later' } }
    : {};
}

function refuseMixture({ mode, method, connect, tls, certificate }: SquidOptions): void {
  const accelerator = mode === 'accelerator';
  if (tls && !accelerator) throw new TypeError("squid: tls needs mode: 'accelerator'");
  if (certificate && !tls) throw new TypeError('squid: certificate needs tls: true');
  if (accelerator && (method || connect)) {
    throw new TypeError("squid: method and connect mean nothing with mode: 'accelerator'");
  }
}

const kinds: Record<SquidMode, string> = {
  forward: 'Squid as forward proxy',
  inspect: 'Squid inspecting TLS',
  splice: 'Squid splicing TLS',
  accelerator: 'Squid as accelerator',
};

function titleOf({
  mode = 'forward',
  method,
  connect,
  upgrade,
  readTimeout,
  cache,
  tls,
}: SquidOptions): string {
  const features = [
    method && `by ${method}`,
    connect === 'any' && 'CONNECT allowed to the origin',
    upgrade && (upgrade === 'any-case' ? 'Upgrade allowed in any case' : 'Upgrade allowed'),
    tls && 'TLS in front',
    cache && (cache === 'pages' ? 'caching pages in memory' : 'caching in memory'),
    readTimeout && `read_timeout ${readTimeout}`,
  ].filter(Boolean);
  return [kinds[mode], ...features].join(', ');
}
