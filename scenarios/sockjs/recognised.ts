import type { Probe, Verdict } from '../../harness/model.js';
import { skip } from '../../harness/verdict.js';
import { ask } from '../engine-io/recognised.js';

export { ask } from '../engine-io/recognised.js';

/** A SockJS endpoint. */
export interface SockJs {
  /** What stands before `/info`. */
  prefix: string;
  /** A path of a transport (`xhr`, `jsonp` …), in a session of its own or in that of the given name. */
  transport(name: string, session?: string): string;
}

let count = 0;
const fresh = () => `wsgauntlet${process.pid}x${count++}`;

/** The endpoint as a SockJS endpoint, told by the form of its URL and by its `/info`; measured once for a place. */
export const sockJs = (probe: Probe): Promise<SockJs | undefined> =>
  probe.once('sockjs', async () => {
    const [path = ''] = probe.target.path.split('?');
    const [, prefix] = /^(.*?)(?:\/[^/.]+\/[^/.]+)?\/websocket\/?$/.exec(path) ?? [];
    if (prefix === undefined) return undefined;
    const { status, body } = await ask(probe, `${prefix}/info`);
    if (status !== 200 || !isInfo(body)) return undefined;
    return { prefix, transport: (name, session = fresh()) => `${prefix}/000/${session}/${name}` };
  });

function isInfo(body: string): boolean {
  try {
    const { websocket, entropy } = JSON.parse(body) as Record<string, unknown>;
    return typeof websocket === 'boolean' && entropy !== undefined;
  } catch {
    return false;
  }
}

/** Judges a SockJS endpoint, and skips any other. */
export async function atSockJs(
  probe: Probe,
  judge: (endpoint: SockJs) => Promise<Verdict>,
): Promise<Verdict> {
  const endpoint = await sockJs(probe);
  return endpoint ? judge(endpoint) : skip('it is no SockJS endpoint');
}
