/** Above it, alignment looks ahead only so far instead of weighing every pair. */
const MOST_WEIGHED = 250_000;
const AHEAD = 64;

export interface Aligned {
  pairs: (readonly [number, number])[];
  /** Indexes without a partner. */
  ins: number[];
  outs: number[];
}

/**
 * Which of what went in is which of what came out, order kept: as many as can be, and of these with the least delay,
 * so that of several alike the right one is missing.
 * @param ms how long the pair would have taken, or undefined where the one cannot be the other
 */
export function align(
  ins: number,
  outs: number,
  ms: (input: number, output: number) => number | undefined,
): Aligned {
  const pairs = ins * outs <= MOST_WEIGHED ? weigh(ins, outs, ms) : lookAhead(ins, outs, ms);
  const [left, right] = [new Set(pairs.map(([i]) => i)), new Set(pairs.map(([, j]) => j))];
  const without = (count: number, has: Set<number>) =>
    Array.from({ length: count }, (_, index) => index).filter((index) => !has.has(index));
  return { pairs, ins: without(ins, left), outs: without(outs, right) };
}

const PAIR = 1e9;

function weigh(
  ins: number,
  outs: number,
  ms: (i: number, j: number) => number | undefined,
): [number, number][] {
  const width = outs + 1;
  const score = new Float64Array((ins + 1) * width);
  const worth = new Float64Array((ins + 1) * width);
  for (let i = ins - 1; i >= 0; i--) {
    for (let j = outs - 1; j >= 0; j--) {
      const at = i * width + j;
      const delay = ms(i, j);
      worth[at] = delay === undefined ? -1 : PAIR - Math.min(delay, PAIR / 1e5) + score[at + width + 1]!;
      score[at] = Math.max(worth[at]!, score[at + width]!, score[at + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < ins && j < outs; ) {
    const at = i * width + j;
    if (worth[at]! >= 0 && worth[at] === score[at]) pairs.push([i++, j++]);
    else if (score[at] === score[at + width]) i++;
    else j++;
  }
  return pairs;
}

function lookAhead(
  ins: number,
  outs: number,
  ms: (i: number, j: number) => number | undefined,
): [number, number][] {
  const pairs: [number, number][] = [];
  let i = 0;
  let j = 0;
  while (i < ins && j < outs) {
    let step = 0;
    let found: [number, number] | undefined;
    for (; step <= AHEAD && !found; step++) {
      if (i + step < ins && ms(i + step, j) !== undefined) found = [i + step, j];
      else if (j + step < outs && ms(i, j + step) !== undefined) found = [i, j + step];
    }
    if (found) {
      pairs.push(found);
      [i, j] = [found[0] + 1, found[1] + 1];
    } else {
      i++;
      j++;
    }
  }
  return pairs;
}
