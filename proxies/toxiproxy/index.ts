import type { Intermediary, Site } from '../../harness/model.js';
import { offersOf } from '../common/remedies.js';
import { Mutex } from './mutex.js';
import * as remote from './remote.js';
import { startToxiproxy } from './server.js';
import type { ToxicSpec } from './spec.js';

export { blackHole, cutAfter, cutAfterBytes, halfOpen, resets } from './composed.js';
export type { ToxicSpec } from './spec.js';

export interface ToxiproxyOptions {
  /** On every connection from its start, in this order. */
  toxics?: readonly ToxicSpec[];
  /** Cut all connections every so many ms; see `cutAfter`. */
  cutEvery?: number;
  /** What it does, in a few words. */
  title?: string;
}

/** A noop whose being there keeps the cuts of `cutEvery` coming. */
const CUTTING: ToxicSpec = { type: 'noop', name: 'cut-every' };

const REMEDIES = new URL('./remedies/', import.meta.url);

/**
 * Toxiproxy: a TCP relay that ill-treats what passes, driven through its HTTP API; in-process it is one of our own
 * with the same API. It hides half-closes and resets of either side: both arrive as FIN. Levers:
 *
 * - `black-hole`: from now on nothing passes either way, connections stay open
 * - `half-open`: what the server sends is swallowed, what the client sends passes
 * - `cut`: all connections are closed with FIN; new ones are accepted
 * - `reset`: the same with RST. Only with a `reset_peer` among `toxics` (see `resets`): a server can reset
 *   only those connections that began with one
 * - `down`: all connections are closed, new ones refused
 * - `heal`: up again and without any toxic; connections that were black-holed or half-open are closed with FIN
 */
export function toxiproxy(options: ToxiproxyOptions = {}): Intermediary {
  const { toxics = [], cutEvery } = options;
  const turn = new Mutex();
  return {
    name: 'toxiproxy',
    title: titleOf(options),
    role: 'transparent',
    image: 'ghcr.io/shopify/toxiproxy:2.12.0',
    entrypoint: '/toxiproxy',
    ports: ['api'],
    version: ['toxiproxy-server', '-version'],
    argv: ({ ports }) => ['toxiproxy-server', '-host', ports.api!.host, '-port', String(ports.api!.port)],
    embed: ({ ports }) => startToxiproxy(ports.api!),
    ready: { by: 'http', port: 'api', path: '/version' },
    async after(site) {
      await remote.create(site, cutEvery ? [...toxics, CUTTING] : toxics);
      if (cutEvery) keepCutting(site, cutEvery, turn);
    },
    levers(site) {
      const swallow = (stream: 'upstream' | 'downstream') =>
        remote.ensure(site, { type: 'timeout', name: `lever_${stream}`, stream });
      const cut = () => turn.run(() => remote.cut(site));
      return {
        'black-hole': async () => {
          await Promise.all([swallow('upstream'), swallow('downstream')]);
        },
        'half-open': () => swallow('downstream'),
        cut,
        ...(toxics.some(({ type }) => type === 'reset_peer') && { reset: cut }),
        down: () => turn.run(() => remote.enable(site, false)),
        heal: () => turn.run(() => remote.heal(site)),
      };
    },
    remedies: (finding) => offersOf(REMEDIES, 'toxiproxy', finding, options, toxiproxy),
  };
}
export default toxiproxy;

/** Until its mark is gone, or the server is. Does not keep the process alive. */
function keepCutting(site: Site, everyMs: number, turn: Mutex): void {
  const timer = setInterval(() => {
    void turn
      .run(async () => {
        if (await remote.has(site, CUTTING.name!)) await remote.cut(site);
        else clearInterval(timer);
      })
      .catch(() => clearInterval(timer));
  }, everyMs);
  timer.unref();
}

function titleOf({ title, toxics = [] }: ToxiproxyOptions): string {
  const what = title ?? toxics.map(({ type, stream = 'downstream' }) => `${type} ${stream}`).join(', ');
  return what ? `Toxiproxy: ${what}` : 'Toxiproxy without toxics';
}
