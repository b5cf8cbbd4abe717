import fc from 'fast-check';
import t from 'tap';
import { holds } from '../../../harness/testing/holds.js';
import { app } from '../../testing/app.js';

interface Scale {
  xs: number[];
  width: number;
  perMs: number;
  breaks: { from: number; to: number; ms: number }[];
}
const { scaleOf, ticksOf } = await app<{
  scaleOf(times: number[], lanes: number[], width: number): Scale;
  ticksOf(xs: number[], room?: number): number[];
}>('scale');

const one = (times: number[]) => times.map(() => 0);

t.test('even times stand evenly, to scale, and nothing is broken off', (t) => {
  const times = [0, 200, 400, 600, 800, 1000];
  const { xs, perMs, breaks } = scaleOf(times, one(times), 1000);
  const steps = xs.slice(1).map((x, i) => x - xs[i]!);
  for (const step of steps) t.ok(Math.abs(step - 200 * perMs) < 0.01, `${step}`);
  t.same(breaks, []);
  t.ok(xs.at(-1)! <= 1000);
  t.end();
});

t.test('a long silence is broken off, and named; what is around it keeps its scale', (t) => {
  const times = [0, 1, 2, 4, 2004, 2005];
  const { xs, perMs, breaks } = scaleOf(times, [0, 1, 0, 1, 0, 1], 1000);
  t.same(
    breaks.map(({ ms }) => ms),
    [2000],
  );
  t.ok(Math.abs(xs[3]! - xs[2]! - 2 * perMs) < 0.01);
  t.ok(Math.abs(xs[1]! - xs[0]! - perMs) < 0.01);
  t.ok(xs[4]! - xs[3]! < 400, 'the silence leaves room for the rest');
  t.end();
});

t.test('a rhythm is shown as a rhythm', (t) => {
  const times = Array.from({ length: 15 }, (_, i) => [i * 200, i * 200 + 0.4]).flat();
  const { breaks } = scaleOf(
    times,
    times.map((_, i) => i % 2),
    1000,
  );
  t.same(breaks, []);
  t.end();
});

t.test('whatever the times, marks stay in order and those of a lane do not overlap', (t) => {
  const gaps = fc.array(
    fc.tuple(fc.constantFrom(0, 0.01, 0.5, 3, 40, 999, 60_000), fc.integer({ min: 0, max: 3 })),
    {
      minLength: 1,
      maxLength: 60,
    },
  );
  holds(
    t,
    fc.property(gaps, fc.integer({ min: 100, max: 2000 }), (steps, width) => {
      let at = 0;
      const times = steps.map(([gap]) => {
        at += gap;
        return at;
      });
      const lanes = steps.map(([, lane]) => lane);
      const { xs, width: used } = scaleOf(times, lanes, width);
      const ordered = xs.every((x, i) => i === 0 || x >= xs[i - 1]!);
      const apart = xs.every((x, i) => lanes.lastIndexOf(lanes[i]!, i - 1) < 0 || i === 0 || spaced(i, x));
      function spaced(i: number, x: number): boolean {
        return x - xs[lanes.lastIndexOf(lanes[i]!, i - 1)]! >= 15.999;
      }
      return ordered && apart && xs.every(Number.isFinite) && used >= Math.max(...xs);
    }),
    { numRuns: 150 },
  );
  t.end();
});

t.test('nothing and one', (t) => {
  t.same(scaleOf([], [], 500).xs, []);
  t.same(scaleOf([7], [0], 500).xs.length, 1);
  t.end();
});

t.test('times are written where there is room', (t) => {
  t.same(ticksOf([0, 10, 71, 72, 80, 200]), [0, 3, 5]);
  t.end();
});
