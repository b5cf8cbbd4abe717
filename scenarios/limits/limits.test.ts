import t from 'tap';
import type { Check } from '../../harness/model.js';
import { careless, type Sin } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop, type HopSin } from '../../proxies/careless/hop.js';
import { passing } from '../../proxies/plain/index.js';
import closeFromClient from './close-from-client.check.js';
import closeFromOrigin from './close-from-origin.check.js';
import controlFrameLimit from './control-frame-limit.check.js';
import fragmented from './fragmented.check.js';
import manySmall from './many-small.check.js';
import size1Mib from './size-1-mib.check.js';
import size125 from './size-125.check.js';
import size126 from './size-126.check.js';
import size65535 from './size-65535.check.js';
import size65536 from './size-65536.check.js';
import utf8Split from './utf8-split.check.js';

t.jobs = 6;
const patience = { answerMs: 700 };

/** A check, and what it has to say of careless hops (by the limit above which they sin) and origins. */
const subjects: [string, Check, { hops?: [HopSin, number, RegExp][]; origins?: [Sin, RegExp][] }][] = [
  [
    'size-125',
    size125,
    { hops: [['corrupt', 100, /octet \d+ is/]], origins: [['mute', /nothing came back/]] },
  ],
  ['size-126', size126, { hops: [['corrupt', 125, /octet \d+ is/]], origins: [['corrupt', /octet \d+ is/]] }],
  ['size-65535', size65535, { hops: [['corrupt', 65_000, /octet \d+ is/]] }],
  [
    'size-65536',
    size65536,
    { hops: [['truncate', 65_535, /65535 octets instead of 65536|nothing came back|ended/]] },
  ],
  ['size-1-mib', size1Mib, { hops: [['corrupt', 1_000_000, /octet \d+ is/]] }],
  ['fragmented', fragmented, { hops: [['drop-pings', 125, /no pong/]], origins: [['no-pong', /no pong/]] }],
  [
    'many-small',
    manySmall,
    { hops: [['reorder', 0, /another one|came back/]], origins: [['reorder', /another one/]] },
  ],
  ['utf8-split', utf8Split, { origins: [['utf8-per-fragment', /close 1007/]] }],
  [
    'close-from-client',
    closeFromClient,
    { hops: [['rewrite-close', 0, /.+/]], origins: [['close-1000', /close 1000/]] },
  ],
  ['close-from-origin', closeFromOrigin, { hops: [['rewrite-close', 0, /.+/]] }],
  ['control-frame-limit', controlFrameLimit, { origins: [['control-length', /stayed open/]] }],
];

for (const [name, check, { hops = [], origins = [] }] of subjects) {
  t.test(name, async (t) => {
    for (const via of [[], [passing()]]) {
      const sound = await tryCheck(check, { origin: echo(), via, patience });
      t.equal(sound.outcome, 'pass', `${via.length} hops: ${sound.message}`);
    }
    for (const [sin, over, actualText] of hops) {
      const hop = carelessHop({ sin, over });
      const caught = await tryCheck(check, { origin: echo(), via: [hop], patience });
      t.match(caught, { outcome: 'fail', actualText, blame: 'careless-hop' }, `a hop that does: ${sin}`);
    }
    for (const [sin, actualText] of origins) {
      // A sin that spoils even the baseline leaves nothing to judge.
      const caught = await tryCheck(check, { origin: careless([sin]), patience });
      if (caught.outcome === 'skip')
        t.match(caught.message, /no baseline here/, `an origin that does: ${sin}`);
      else t.match(caught, { outcome: 'fail', actualText }, `an origin that does: ${sin}`);
    }
  });
}
