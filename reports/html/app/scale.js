/** Least px between the middles of two marks of one lane, and of two of different lanes. */
const APART = 16;
const ASIDE = 5;
const MARGIN = 22;
/** The least width of a silence that is broken off, and how many there may be. */
const BROKEN = 64;
const MOST_BROKEN = 6;

/**
 * Where each entry stands, in px. Times are to scale but for two things: what would overlap is moved apart, and
 * silences that would push all else together are broken off, and named among the breaks. Of those the longer is still
 * the wider, but far from in proportion.
 * @param {readonly number[]} times ms, ascending
 * @param {readonly number[]} lanes the lane of each
 * @param {number} width px to fill; more is used where it does not do
 * @returns {{ xs: number[], width: number, perMs: number, breaks: { from: number, to: number, ms: number }[] }}
 */
export function scaleOf(times, lanes, width) {
  const gaps = times.map((at, i) => (i === 0 ? 0 : at - /** @type {number} */ (times[i - 1])));
  const room = Math.max(width - 2 * MARGIN, 100);
  const limit = breakingPoint(gaps, room);
  const widest = Math.max(...gaps.filter((gap) => gap < limit), 0);
  const place = (/** @type {number} */ perMs) => placed(gaps, lanes, perMs, limit, widest);
  const end = (/** @type {number} */ perMs) => place(perMs).at(-1) ?? 0;
  const least = end(1e-6);
  const target = least <= room * 0.9 ? room : least * 1.3;
  let [low, high] = [1e-6, widest > 0 ? Math.max(target / 3 / widest, 2e-6) : 1];
  if (limit === Infinity && widest > 0) high = target / widest;
  for (let i = 0; i < 48 && end(high) > target; i++) {
    const middle = Math.sqrt(low * high);
    if (end(middle) <= target) low = middle;
    else high = middle;
  }
  const perMs = end(high) <= target ? high : low;
  const xs = place(perMs).map((x) => x + MARGIN);
  const breaks = gaps.flatMap((ms, i) =>
    ms >= limit ? [{ from: /** @type {number} */ (xs[i - 1]), to: /** @type {number} */ (xs[i]), ms }] : [],
  );
  return { xs, width: Math.max((xs.at(-1) ?? 0) + MARGIN, width), perMs, breaks };
}

/**
 * From which length on silences are broken off: the longest first, and with it what is of its kind, until most of what
 * is left can be told apart. A rhythm is of many silences alike, and stays whole.
 * @param {readonly number[]} gaps @param {number} room
 */
function breakingPoint(gaps, room) {
  let limit = Infinity;
  for (;;) {
    const left = gaps.filter((gap) => gap > 0 && gap < limit);
    const broken = gaps.filter((gap) => gap >= limit).length;
    const perMs = Math.max(room - broken * BROKEN, room / 3) / left.reduce((sum, gap) => sum + gap, 0);
    const squeezed = left.filter((gap) => gap * perMs < ASIDE).length;
    if (squeezed <= left.length * 0.4) return limit;
    const longest = Math.max(...left);
    if (broken + left.filter((gap) => gap >= longest / 2).length > MOST_BROKEN) return limit;
    limit = longest / 2;
  }
}

/** @param {readonly number[]} gaps @param {readonly number[]} lanes @param {number} perMs
 * @param {number} limit @param {number} widest of those that are not broken off */
function placed(gaps, lanes, perMs, limit, widest) {
  const base = Math.max(BROKEN, widest * perMs);
  /** @type {Map<number, number>} */
  const last = new Map();
  let x = 0;
  return gaps.map((gap, i) => {
    const lane = /** @type {number} */ (lanes[i]);
    const longer = Math.log2(Math.max(gap / Math.max(widest, 1), 1));
    const wide = gap >= limit ? base + Math.min(longer * 12, 120) : gap * perMs;
    x += i === 0 || gap === 0 ? 0 : Math.max(wide, ASIDE);
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
