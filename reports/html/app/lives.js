/** @typedef {import('./idle.js').Survival} Survival */
/** How long connections lived, in ms: those that were seen to end, and those that were alive when last seen.
 * @typedef {{ ended: number[], alive: number[] }} Lives */

/** Of silent connections. @param {readonly Survival[]} survivals @returns {Lives} */
export const silentLives = (survivals) => ({
  ended: survivals.flatMap(({ idleMs, mostMs }) =>
    idleMs < 0 ? [] : mostMs > idleMs ? [idleMs, mostMs] : [idleMs],
  ),
  alive: survivals.flatMap(({ idleMs, aliveMs }) => (idleMs < 0 && aliveMs > 0 ? [aliveMs] : [])),
});

/** Of connections that were kept alive in one way; where it could not be told they do not count.
 * @param {readonly Survival[]} survivals @param {string} mode @returns {Lives} */
export function keptLives(survivals, mode) {
  const told = survivals.flatMap(({ modes, idleMs }) =>
    modes.flatMap((each) => (each.mode === mode && each.kept !== undefined ? [{ ...each, idleMs }] : [])),
  );
  return {
    ended: told.flatMap(({ kept, ageMs, idleMs }) => (kept ? [] : [ageMs ?? Math.max(idleMs, 0)])),
    alive: told.flatMap(({ kept, ageMs }) => (kept ? [ageMs ?? Infinity] : [])),
  };
}

/** Corners of the curve: a time, and the share of connections that live from then on, as Kaplan and Meier estimate it
 * where some were not watched to their end; and until when it is known.
 * @param {Lives} lives @param {number} endMs of the axis
 * @returns {{ steps: [number, number][], knownMs: number }} */
export function stepsOf({ ended, alive }, endMs) {
  const all = [...ended, ...alive];
  let share = 1;
  /** @type {[number, number][]} */
  const steps = [[0, 1]];
  for (const ms of [...new Set(ended)].sort((a, b) => a - b)) {
    const atRisk = all.filter((each) => each >= ms).length;
    share *= 1 - ended.filter((each) => each === ms).length / atRisk;
    steps.push([ms, share]);
  }
  return { steps, knownMs: share === 0 ? endMs : Math.min(Math.max(0, ...all), endMs) };
}
