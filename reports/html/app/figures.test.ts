import t from 'tap';
import { app } from '../../testing/app.js';

const { percentile, bins, total } = await app<{
  percentile(counts: [number, number][], percent: number): number;
  bins(counts: [number, number][], perDecade?: number): { from: number; to: number; count: number }[];
  total(counts: [number, number][]): number;
}>('histogram');
const { survivalOf, axisOf } = await app<{
  survivalOf(scenario: string, found: object[]): Record<string, unknown> | undefined;
  axisOf(survivals: object[]): number;
}>('idle');
interface Lives {
  ended: number[];
  alive: number[];
}
const { stepsOf, silentLives, keptLives } = await app<{
  stepsOf(lives: Lives, endMs: number): { steps: [number, number][]; knownMs: number };
  silentLives(survivals: object[]): Lives;
  keptLives(survivals: object[], mode: string): Lives;
}>('lives');
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
      finding('keepalive/cut-is-clean', { idleMs: 22 }),
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
  t.equal(
    survivalOf('p', [finding('wss/filter', { idleMs: 2 })]),
    undefined,
    'one connection’s silence is no cut',
  );
  t.end();
});

t.test('the curve steps down where connections are cut, and ends where nobody watched any more', (t) => {
  t.same(stepsOf({ ended: [700], alive: [] }, 1000), {
    steps: [
      [0, 1],
      [700, 0],
    ],
    knownMs: 1000,
  });
  const half: [number, number][] = [
    [0, 1],
    [700, 0.5],
    [900, 0],
  ];
  t.same(stepsOf({ ended: [900, 700], alive: [] }, 1000).steps, half);
  t.same(stepsOf({ ended: [], alive: [800] }, 1000), { steps: [[0, 1]], knownMs: 800 });
  t.same(stepsOf({ ended: [500], alive: [800] }, 1000), {
    steps: [
      [0, 1],
      [500, 0.5],
    ],
    knownMs: 800,
  });
  t.same(
    stepsOf({ ended: [500], alive: [300] }, 1000).steps,
    [
      [0, 1],
      [500, 0],
    ],
    'who was not watched until then does not count there',
  );
  t.same(stepsOf({ ended: [], alive: [] }, 1000), { steps: [[0, 1]], knownMs: 0 });
  t.same(stepsOf({ ended: [400, 400, 600], alive: [Infinity] }, 1000).knownMs, 1000);
  t.end();
});

t.test('lives of silent connections, and of those that were kept', (t) => {
  const mode = { mode: 'client-ping', id: '', why: '' };
  const survivals = [
    { idleMs: 700, mostMs: 900, aliveMs: 650, modes: [{ ...mode, kept: true, ageMs: 2000 }] },
    { idleMs: 500, mostMs: 500, aliveMs: 400, modes: [{ ...mode, kept: false, ageMs: 510 }] },
    { idleMs: -1, mostMs: -1, aliveMs: 3000, modes: [{ ...mode, kept: undefined }] },
    { idleMs: 600, mostMs: 600, aliveMs: 0, modes: [{ ...mode, kept: false }] },
  ];
  t.same(silentLives(survivals), { ended: [700, 900, 500, 600], alive: [3000] });
  t.same(keptLives(survivals, 'client-ping'), { ended: [510, 600], alive: [2000] });
  t.same(keptLives(survivals, 'server-ping'), { ended: [], alive: [] });
  const sharp = { idleMs: 700, mostMs: 700, aliveMs: 600, modes: [] };
  t.equal(axisOf([sharp, { idleMs: -1, mostMs: -1, aliveMs: 3115, modes: [] }]), 4000);
  t.end();
});

t.test('who cut is told by who is to blame, where the check could not tell', (t) => {
  const measured = { idleMs: 700, idleCutBy: 'squid or nginx' };
  t.match(survivalOf('p', [{ ...finding('keepalive/idle-survives', measured), blame: 'nginx' }]), {
    by: 'nginx',
  });
  const unclear = { ...finding('keepalive/idle-survives', measured), blame: 'squid or nginx' };
  t.match(survivalOf('p', [unclear]), { by: 'squid or nginx' });
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
