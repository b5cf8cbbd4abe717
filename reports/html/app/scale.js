/** Least px between the middles of two marks of one lane, and of two of different lanes. */
const APART = 16;
const ASIDE = 5;
const MARGIN = 22;

/**
 * Where each entry stands, in px. Times are to scale but for two things: what would overlap is moved apart, and
 * silences that would push all else together are broken off, and named among the breaks.
 * @param {readonly number[]} times ms, ascending
 * @param {readonly number[]} lanes the lane of each
 * @param {number} width px to fill; more is used where it does not do
 * @returns {{ xs: number[], width: number, perMs: number, breaks: { from: number, to: number, ms: number }[] }}
 */
export function scaleOf(times, lanes, width) {
  const gaps = times.map((at, i) => (i === 0 ? 0 : at - /** @type {number} */ (times[i - 1])));
  const many = gaps.filter((gap) => gap > 0).length;
  const room = Math.max(width - 2 * MARGIN, 100);
  const longest = Math.min(Math.max((room / Math.max(many, 1)) * 3, 80), room / 3);
  const widest = Math.max(...gaps, 0);
  const place = (/** @type {number} */ perMs) => placed(gaps, lanes, perMs, longest);
  const end = (/** @type {number} */ perMs) => place(perMs).at(-1) ?? 0;
  const target = Math.max(room, end(0) * 1.3);
  let [low, high] = [1e-6, 1e4];
  for (let i = 0; i < 48; i++) {
    const middle = Math.sqrt(low * high);
    if (end(middle) <= target) low = middle;
    else high = middle;
  }
  // A silence that is little longer than what is shown whole is shown whole.
  const perMs = widest > 0 && low * widest < 2 * longest ? Math.min(low, longest / widest) : low;
  const xs = place(perMs).map((x) => x + MARGIN);
  const breaks = gaps.flatMap((ms, i) =>
    ms * perMs > longest * 1.001
      ? [{ from: /** @type {number} */ (xs[i - 1]), to: /** @type {number} */ (xs[i]), ms }]
      : [],
  );
  return { xs, width: Math.max((xs.at(-1) ?? 0) + MARGIN, width), perMs, breaks };
}

/** @param {readonly number[]} gaps @param {readonly number[]} lanes @param {number} perMs @param {number} longest */
function placed(gaps, lanes, perMs, longest) {
  /** @type {Map<number, number>} */
  const last = new Map();
  let x = 0;
  return gaps.map((gap, i) => {
    const lane = /** @type {number} */ (lanes[i]);
    x += i === 0 || gap === 0 ? 0 : Math.max(Math.min(gap * perMs, longest), ASIDE);
    x = Math.max(x, (last.get(lane) ?? -APART) + APART);
    last.set(lane, x);
    return x;
  });
}

/** Entries whose times are written on the axis: as many as there is room for.
 * @param {readonly number[]} xs @param {number} [room] */
export function ticksOf(xs, room = 72) {
  /** @type {number[]} */
  const ticks = [];
  for (const [i, x] of xs.entries()) {
    const last = ticks.at(-1);
    if (last === undefined || x - /** @type {number} */ (xs[last]) >= room) ticks.push(i);
  }
  return ticks;
}
