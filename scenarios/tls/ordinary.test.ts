import t from 'tap';
import { entries, load } from '../../harness/catalogue.js';
import { eachOf } from '../../harness/channel.js';
import type { Check, Outcome } from '../../harness/model.js';
import { type Control, tryAt } from '../../harness/testing/controls.js';
import { needingBinaries } from '../../harness/testing/needing.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import { ordinaryHaproxy, ordinaryNginx } from './testing/ordinary.js';

const origin = wsOrigin({ title: 'ws' });
const overTls = wsOrigin({ title: 'ws over https', tls: true });

/** What servers give that are set up as their manuals have it, but for passes and skips: each holds up by hand. */
const ordinary: readonly [name: string, needs: readonly string[], Control, Record<string, Outcome>][] = [
  // Its own HTTPS server has RSA key exchange among its ciphers, and serves any host.
  ['ws', [], { origin: overTls }, { 'tls/forward-secrecy': 'warn', 'tls/name-unknown': 'warn' }],
  [
    'nginx',
    ['nginx'],
    { origin, via: [ordinaryNginx] },
    {
      'tls/forward-secrecy': 'warn',
      'tls/name-unknown': 'warn',
      'wss/alpn': 'warn',
      'tls/http2-connect': 'info',
    },
  ],
  // It goes on without ALPN where it serves none of what is offered.
  [
    'haproxy',
    ['haproxy'],
    { origin, via: [ordinaryHaproxy] },
    {
      'tls/forward-secrecy': 'warn',
      'tls/name-unknown': 'warn',
      'wss/alpn': 'warn',
      'tls/alpn-unknown': 'warn',
    },
  ],
];

for (const [name, needs, control, given] of ordinary) {
  t.test(name, await needingBinaries(...needs), async (t) => {
    const wanted = entries('check').filter(({ id }) => /^(?:tls|wss)\//.test(id));
    const said: Record<string, Outcome> = {};
    await eachOf(wanted, 4, new AbortController().signal, async (entry) => {
      const check = await load<Check>(entry);
      if (check.judges !== 'endpoint' && check.judges !== 'either') return;
      const { outcome } = await tryAt(check, { ...control, patience: { answerMs: 500 } });
      if (outcome !== 'pass' && outcome !== 'skip') said[entry.id] = outcome as Outcome;
    });
    t.same(said, given);
  });
}
