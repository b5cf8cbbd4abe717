import type { Check, DialOptions, Probe } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { anonymous } from '../judging/credentials.js';
import { ALLOWLIST } from './fixes.js';
import { atMost, gainOf } from './gravity.js';
import { FOREIGN, noPolicy, policyOf } from './policy.js';

/** Where development servers, gateways and libraries have their WebSockets. */
const PATHS = ['/ws', '/_next/webpack-hmr', '/graphql', '/socket.io/?EIO=4&transport=websocket', '/'];
/** A server that accepts first and judges then has done so by now. */
const LATE_MS = 500;

export default {
  title: 'Other WebSocket paths of the host look at Origin as well',
  requirement: 'Each path that accepts WebSockets judges Origin as the application’s own does.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-1385',
  refs: ['RFC 6455 §10.2'],
  judges: 'endpoint',
  why: 'Upgrades do not go through the middleware of a framework. What a server passes on to another one, or a library serves beside the application, is often open to every page though the application’s own path is not.',
  remedy:
    'Judge Origin in the one place that sees every upgrade: the handler of the upgrade event, or the proxy in front.',
  fixes: ALLOWLIST,
  budget: { connections: 20, atOnce: 5 },
  async run(probe) {
    const policy = await policyOf(probe);
    const none = noPolicy(policy);
    if (none !== undefined || policy.allowed === undefined) return skip(none ?? 'no origin is let in');
    const { allowed } = policy;
    const bare = anonymous(probe);
    const own = probe.target.path.split('?', 1)[0];
    const paths = PATHS.filter((one) => one.split('?', 1)[0] !== own);
    const looked = await Promise.all(
      paths.map(async (path) => {
        const there = await staysOpen(probe, path, allowed);
        const open = there && (await staysOpen(probe, path, FOREIGN));
        return { path, there, open, toAll: open && (await staysOpen(probe, path, FOREIGN, bare)) };
      }),
    );
    const seen = looked.filter(({ there }) => there).map(({ path }) => path);
    const open = looked.filter((one) => one.open);
    const measured = { paths: seen.join(' ') };
    if (open.length > 0) {
      const { severity, because } = await gainOf(probe);
      const actual = `let in from ${FOREIGN}: ${open.map(({ path }) => path).join(', ')}; ${because}`;
      // What asks for no credentials there may be meant for everybody.
      const most = open.every(({ toAll }) => toAll) ? 'medium' : 'high';
      return fail('refused, as at the given path', actual, { measured, severity: atMost(most, severity) });
    }
    if (seen.length > 0) return pass(`refused at ${seen.join(', ')} too`, { measured });
    return skip(`no WebSocket at ${paths.join(', ')}`);
  },
} satisfies Check;

/** Whether a connection is had there that does not end at once. What it is for is not known. */
async function staysOpen(
  probe: Probe,
  path: string,
  origin: string,
  { change, route }: DialOptions = {},
): Promise<boolean> {
  const options = { path, subprotocols: [], change: { ...change, Origin: origin }, ...(route && { route }) };
  await using made = await probe.dial(options);
  if (made.handshake !== 'accepted' || !made.conforms || !made.peer) return false;
  return (await made.peer.farewell(LATE_MS)) === undefined;
}
