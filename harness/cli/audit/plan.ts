import { entries } from '../../catalogue.js';
import type { Endpoint } from '../../model.js';
import { echo } from '../../origins/echo.js';
import { redact } from '../../protocol/index.js';
import type { Task } from '../../runner.js';
import { type Acceptance, expectationsOf, readAcceptances } from '../accept.js';
import type { AuditSettings } from '../settings/audit-table.js';
import { Misuse } from '../trouble.js';
import { auditChecks, profileOf } from './checks.js';
import { reachOf } from './reach.js';
import { targetOf } from './target.js';
import { endpointUrl, isHere } from './url.js';

export interface AuditPlan {
  /** The endpoint, and that of --compare. */
  tasks: readonly (Task & { endpoint: Endpoint })[];
  accepted: readonly Acceptance[];
}

/** What an audit is going to try, and where. @throws {Misuse} */
export async function planAudit(
  args: readonly string[],
  settings: AuditSettings,
  cwd: string,
): Promise<AuditPlan> {
  const [given, ...more] = args;
  if (given === undefined || more.length > 0) throw new Misuse('audit takes one URL');
  const named = [
    { id: 'audit', given, what: 'the URL' },
    ...(settings.compare === undefined
      ? []
      : [{ id: 'compare', given: settings.compare, what: '--compare' }]),
  ];
  const endpoints = await Promise.all(
    named.map(async (one) => ({
      id: one.id,
      endpoint: await endpointOf(one.given, one.what, settings, cwd),
    })),
  );
  const checks = await auditChecks(settings);
  const ids = Object.keys(checks);
  // Whatever this audit tries, the file may be about more.
  const known = entries('check').map(({ id }) => id);
  const accepted = settings.accept === undefined ? [] : await readAcceptances(settings.accept, cwd, known);
  const tasks = endpoints.map(({ id, endpoint }) => {
    const { url } = endpoint;
    const expect = accepted.length > 0 ? { expect: expectationsOf(accepted, url, ids) } : {};
    return {
      id,
      endpoint,
      checks,
      scenario: { title: redact(url), origin: echo(), via: [], checks: ids, ...expect },
    };
  });
  return { tasks, accepted };
}

async function endpointOf(
  given: string,
  what: string,
  settings: AuditSettings,
  cwd: string,
): Promise<Endpoint> {
  const { url, credentials } = endpointUrl(given, what);
  await refuseHarm(url, settings);
  const target = targetOf(url, settings, credentials);
  return { url: url.href, reach: reachOf(url, settings, cwd), target };
}

/** Others may be using what is not on this machine. @throws {Misuse} */
async function refuseHarm(url: URL, settings: AuditSettings): Promise<void> {
  const profile = profileOf(settings);
  if (profile === 'safe' || settings.iAmAuthorized) return;
  const address = settings.resolve?.replace(/^(?:\[[^\]]*\]|[^:]*):\d+:/, '');
  if (settings.via === undefined && (await isHere(address ?? url.hostname))) return;
  throw new Misuse(
    `--${profile} may harm ${url.host}, which is not on this machine; if you may do that to it, say so with --i-am-authorized`,
  );
}
