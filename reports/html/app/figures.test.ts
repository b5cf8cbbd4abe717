import t from 'tap';
import { app } from '../../testing/app.js';

const { percentile, bins, total } = await app<{
  percentile(counts: [number, number][], percent: number): number;
  bins(counts: [number, number][], perDecade?: number): { from: number; to: number; count: number }[];
  total(counts: [number, number][]): number;
}>('histogram');
const { survivalOf, stepsOf, axisOf } = await app<{
  survivalOf(scenario: string, found: object[]): Record<string, unknown> | undefined;
  stepsOf(survival: object, endMs: number): [number, number][];
  axisOf(survivals: object[]): number;
}>('idle');
const { headerOctets } = await app<{ headerOctets(frame: object): Uint8Array | undefined }>('bits');

t.test('percentiles by nearest rank', (t) => {
  const counts: [number, number][] = [
    [10, 1],
    [1, 98],
    [5, 1],
  ];
  t.equal(total(counts), 100);
  t.same(
    [50, 98, 99, 100].map((percent) => percentile(counts, percent)),
    [1, 1, 5, 10],
  );
  t.equal(percentile([], 50), 0);
  t.end();
});

t.test('bins are even on a scale of powers, and none is left out between', (t) => {
  const all = bins(
    [
      [1, 2],
      [9.9, 1],
      [1000, 3],
    ],
    1,
  );
  t.same(
    all.map(({ from, count }) => [Math.round(from), count]),
    [
      [1, 3],
      [10, 0],
      [100, 0],
      [1000, 3],
    ],
  );
  t.same(bins([]), []);
  t.equal(bins([[0, 4]])[0]!.count, 4, 'and nothing is too short');
  t.end();
});

const finding = (check: string, measured?: object) => ({
  id: `p › ${check}`,
  check,
  measured,
  message: 'why',
});

t.test('how silence is borne is gathered from what a place’s findings measured', (t) => {
  const cut = { idleMs: 700, idleMostMs: 900, aliveMs: 650, idleCutBy: 'nginx', clientSaw: 'fin' };
  t.match(
    survivalOf('p', [
      finding('keepalive/idle-cut', cut),
      finding('keepalive/survives-client-ping', { 'survives.client-ping': false }),
      finding('keepalive/survives-tcp-keepalive'),
    ]),
    {
      idleMs: 700,
      mostMs: 900,
      by: 'nginx',
      clientSaw: 'fin',
      originSaw: '',
      modes: [
        { mode: 'client-ping', kept: false },
        { mode: 'tcp-keepalive', kept: undefined, why: 'why' },
      ],
    },
  );
  t.equal(survivalOf('p', [finding('keepalive/survives-client-ping'), finding('masking/text')]), undefined);
  t.end();
});

t.test('the curve steps down where connections are cut', (t) => {
  const sharp = { idleMs: 700, mostMs: 700, aliveMs: 600 };
  t.same(stepsOf(sharp, 1000), [
    [0, 1],
    [700, 0],
    [1000, 0],
  ]);
  t.same(stepsOf({ ...sharp, mostMs: 900 }, 1000), [
    [0, 1],
    [700, 0.5],
    [900, 0],
    [1000, 0],
  ]);
  t.same(
    stepsOf({ idleMs: -1, mostMs: -1, aliveMs: 800 }, 1000),
    [
      [0, 1],
      [800, 1],
    ],
    'what was not watched is not claimed',
  );
  t.equal(axisOf([sharp, { idleMs: -1, mostMs: -1, aliveMs: 3115 }]), 4000);
  t.end();
});

t.test('the octets of a frame’s header', (t) => {
  const frame = { fin: true, rsv: 0, opcode: 1, masked: false, octets: 5 };
  const hex = (change: object) => {
    const octets = headerOctets({ ...frame, ...change });
    return octets && Buffer.from(octets).toString('hex');
  };
  t.equal(hex({}), '8105');
  t.equal(hex({ masked: true, mask: '37fa213d' }), '818537fa213d');
  t.equal(hex({ masked: true }), undefined, 'without its key');
  t.equal(hex({ fin: false, rsv: 4, opcode: 2 }), '4205');
  t.equal(hex({ octets: 126 }), '817e007e');
  t.equal(hex({ octets: 65_536 }), '817f0000000000010000');
  t.end();
});
