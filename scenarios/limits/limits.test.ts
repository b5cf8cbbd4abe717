import t from 'tap';
import type { Check, Intermediary } from '../../harness/model.js';
import { careless, type Sin } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop, type HopSin } from '../../proxies/careless/hop.js';
import { passing } from '../../proxies/plain/index.js';
import { reframing } from '../testing/hops.js';
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

const CLOSE = 8;
const PONG = 10;
const changing = (opcode: number, way: 'up' | 'down', change: (payload: Buffer) => Uint8Array) =>
  reframing(way, (seen) => ({
    payload: seen.opcode === opcode ? change(Buffer.from(seen.payload)) : seen.payload,
  }));
const withoutReason = (payload: Buffer) => payload.subarray(0, 2);
const otherCode = (payload: Buffer) => Buffer.concat([Buffer.of(0x03, 0xe9), payload.subarray(2)]);
/** Loses data that is longer than an echo of ours. */
const losing = () =>
  reframing('down', ({ opcode, payload }) => (opcode < CLOSE && payload.length > 20 ? undefined : {}));
const without = (text: string) =>
  reframing('down', ({ payload }) => (Buffer.from(text).equals(payload) ? undefined : {}));
const swapping = () => changing(PONG, 'down', ({ length }) => Buffer.alloc(length, 'z'));
/** Sins in what is longer than so many octets, where that makes a difference. */
const over = (length: number, sin: HopSin) => carelessHop({ sin, over: length });

/** A check, and what it has to say of careless hops and origins. */
interface Subjects {
  hops?: readonly [Intermediary, RegExp][];
  origins?: readonly [Sin, RegExp][];
}

const subjects: readonly [string, Check, Subjects][] = [
  [
    'size-125',
    size125,
    {
      hops: [
        [over(100, 'corrupt'), /^text: octet \d+ is/],
        [changing(2, 'down', (payload) => payload.fill(7)), /^binary: octet \d+ is/],
        [losing(), /^text: nothing came back/],
      ],
      origins: [['text-as-binary', /^text: it came back as binary$/]],
    },
  ],
  [
    'size-126',
    size126,
    { hops: [[over(125, 'corrupt'), /octet \d+ is/]], origins: [['corrupt', /octet \d+ is/]] },
  ],
  ['size-65535', size65535, { hops: [[over(65_000, 'corrupt'), /octet \d+ is/]] }],
  [
    'size-65536',
    size65536,
    { hops: [[over(65_535, 'truncate'), /65535 octets instead of 65536|nothing came back|ended/]] },
  ],
  ['size-1-mib', size1Mib, { hops: [[over(1_000_000, 'corrupt'), /octet \d+ is/]] }],
  [
    'fragmented',
    fragmented,
    {
      hops: [
        [over(125, 'drop-pings'), /^no pong$/],
        [swapping(), /^another payload$/],
        [over(1000, 'corrupt'), /^octet 2999 is/],
        [losing(), /^it did not come back$/],
      ],
      origins: [['no-pong', /^no pong$/]],
    },
  ],
  [
    'many-small',
    manySmall,
    {
      hops: [
        [over(0, 'reorder'), /^after 0 messages came another one$/],
        [without('message 150'), /^after 150 messages came another one$/],
        [without('message 199'), /^199 of 200 came back$/],
      ],
    },
  ],
  [
    'utf8-split',
    utf8Split,
    {
      hops: [
        [over(20, 'corrupt'), /^octet \d+ is/],
        [losing(), /^nothing came back$/],
      ],
      origins: [['utf8-per-fragment', /close 1007/]],
    },
  ],
  [
    'close-from-client',
    closeFromClient,
    {
      hops: [
        [over(0, 'rewrite-close'), /^fin$/],
        [changing(CLOSE, 'up', withoutReason), /^close 1000$/],
        [changing(CLOSE, 'up', otherCode), /^close 1001 leaving with 1000$/],
        [changing(CLOSE, 'down', otherCode), /^close 1001$/],
      ],
      origins: [['close-1000', /close 1000/]],
    },
  ],
  [
    'close-from-origin',
    closeFromOrigin,
    {
      hops: [
        [over(0, 'rewrite-close'), /^fin$/],
        [changing(CLOSE, 'down', withoutReason), /^close 1000$/],
        [changing(CLOSE, 'down', otherCode), /^close 1001 going 1000$/],
      ],
    },
  ],
  [
    'control-frame-limit',
    controlFrameLimit,
    {
      hops: [[swapping(), /^another pong$/]],
      origins: [
        ['no-pong', /^no pong$/],
        ['control-length', /stayed open/],
        ['close-1000', /^close 1000$/],
      ],
    },
  ],
];

for (const [name, check, { hops = [], origins = [] }] of subjects) {
  t.test(name, async (t) => {
    for (const via of [[], [passing()]]) {
      const sound = await tryCheck(check, { origin: echo(), via, patience });
      t.equal(sound.outcome, 'pass', `${via.length} hops: ${sound.message}`);
    }
    for (const [hop, actualText] of hops) {
      const caught = await tryCheck(check, { origin: echo(), via: [hop], patience });
      t.match(caught, { outcome: 'fail', actualText, blame: hop.name }, `a hop: ${actualText}`);
    }
    for (const [sin, actualText] of origins) {
      const caught = await tryCheck(check, { origin: careless([sin]), patience });
      t.match(caught, { outcome: 'fail', actualText }, `an origin: ${sin}`);
    }
  });
}
