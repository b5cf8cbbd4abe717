import t from 'tap';
import { align } from './align.js';

interface One {
  what: string;
  at: number;
}

const list = (...all: readonly (readonly [string, number])[]): One[] =>
  all.map(([what, at]) => ({ what, at }));
const of = (ins: One[], outs: One[]) =>
  align(ins.length, outs.length, (i, j) => {
    const ms = outs[j]!.at - ins[i]!.at;
    return outs[j]!.what === ins[i]!.what && ms >= 0 ? ms : undefined;
  });

t.test('of several alike, the one that took longest for its way is missing', (t) => {
  const ins = list(['p', 0], ['p', 1000], ['p', 2000], ['p', 3000]);
  t.same(of(ins, list(['p', 1], ['p', 2001], ['p', 3001])), {
    pairs: [
      [0, 0],
      [2, 1],
      [3, 2],
    ],
    ins: [1],
    outs: [],
  });
  t.end();
});

t.test('as many as can be keep their order', (t) => {
  const ins = list(['a', 0], ['b', 1], ['c', 2], ['d', 3]);
  t.same(of(ins, list(['b', 10], ['a', 11], ['c', 12], ['x', 13], ['d', 14])), {
    pairs: [
      [1, 0],
      [2, 2],
      [3, 4],
    ],
    ins: [0],
    outs: [1, 3],
  });
  t.same(of([], list(['a', 1])), { pairs: [], ins: [], outs: [0] });
  t.end();
});

t.test('nothing comes out before it went in', (t) => {
  t.same(of(list(['a', 5]), list(['a', 4])), { pairs: [], ins: [0], outs: [0] });
  t.end();
});

t.test('long ones are looked through, some ahead', (t) => {
  const ins = Array.from({ length: 2000 }, (_, n) => ({ what: String(n), at: n }));
  const outs = ins.filter(({ at }) => at % 10 !== 3).map(({ what, at }) => ({ what, at: at + 1 }));
  const { pairs, ins: missing, outs: added } = of(ins, outs);
  t.equal(pairs.length, 1800);
  t.same([missing.length, missing.slice(0, 3), added], [200, [3, 13, 23], []]);
  t.end();
});
