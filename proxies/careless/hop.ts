import type { Intermediary } from '../../harness/model.js';
import { forwarding } from '../plain/forwarding.js';
import { serve } from '../plain/serve.js';
import { handshake } from './handshake.js';
import type { MakeSin, SinOptions } from './sin.js';

/** Each is a file in `sins/`, but for `connect-anywhere`, a forward proxy that leads to every port. */
export type HopSin =
  | 'accept-then-close'
  | 'add-extension'
  | 'clear-rsv'
  | 'clear-rsv-down'
  | 'connect-anywhere'
  | 'corrupt'
  | 'cut-at-ping'
  | 'delay'
  | 'double-long'
  | 'drop-ahead'
  | 'drop-early'
  | 'drop-empty'
  | 'drop-pings'
  | 'drop-pongs'
  | 'duplicate'
  | 'fragment'
  | 'greet'
  | 'join-cookies'
  | 'keep-ends'
  | 'lose-events'
  | 'lose-fragments'
  | 'lower-values'
  | 'mask-down'
  | 'naive-cache'
  | 'old-version'
  | 'one-way'
  | 'other-path'
  | 'polite-close'
  | 'polite-refusals'
  | 'refuse-pages'
  | 'refuse-posts'
  | 'reject-unmasked'
  | 'relay-any-101'
  | 'relay-h2c'
  | 'remask'
  | 'reorder'
  | 'replay-answer'
  | 'reset-for-fin'
  | 'rewrite-close'
  | 'rewrite-version'
  | 'second-pong'
  | 'set-rsv'
  | 'spoil-answer'
  | 'strip-agreement'
  | 'strip-extensions'
  | 'strip-query'
  | 'strip-subprotocol'
  | 'swallow-pings'
  | 'swallow-unmasked'
  | 'truncate'
  | 'tunnel-after-refusal'
  | 'unescape-target'
  | 'unlist-own'
  | 'unmask-down'
  | 'unmask-up';

export interface CarelessOptions extends Partial<SinOptions> {
  sin: HopSin;
}

/**
 * A hop that is bad on purpose, in one way: the subject that a check has to catch. In everything else it is a
 * plain reverse proxy that passes Upgrade on. `over` (125 octets when absent) bounds what `corrupt` and
 * `truncate` leave alone, `delayMs` (200) is how long `delay` keeps octets.
 */
export function carelessHop({ sin, over = 125, delayMs = 200 }: CarelessOptions): Intermediary {
  const described = { name: 'careless-hop', title: `a careless hop: ${sin}`, standIn: true } as const;
  if (sin === 'connect-anywhere') return { ...forwarding({ denyPorts: () => false }), ...described };
  return {
    ...described,
    role: 'reverse',
    async embed(site) {
      const make = ((await import(`./sins/${sin}.js`)) as { default: MakeSin }).default;
      const way = make({ over, delayMs }, site);
      return serve(site, {
        via: 'careless-hop',
        onward: ({ url }) => ({ to: site.upstream, path: url!, tls: site.upstreamTls }),
        switches: handshake(site, way),
        ...(way.believes101 && { believes101: true }),
        ...(way.answers && { answers: way.answers }),
        ...(way.through && { through: way.through }),
      });
    },
  };
}
