/** @typedef {import('./data.js').Finding} Finding */
/** How silent connections fare at a place; times in ms, `idleMs` -1 where none was cut in the time watched.
 * @typedef {{
 *   scenario: string, id: string, idleMs: number, mostMs: number, aliveMs: number, by: string,
 *   clientSaw: string, originSaw: string, busyToo: boolean, modes: Mode[],
 * }} Survival */
/** One way to keep a connection from being silent; `kept` is undefined where it could not be told, `ageMs` is how long
 * the connection lived, or was seen to live.
 * @typedef {{ mode: string, id: string, kept: boolean | undefined, ageMs?: number, why: string }} Mode */

/** What was measured at a place, or undefined where nothing was.
 * @param {string} scenario @param {readonly Finding[]} found findings of that place
 * @returns {Survival | undefined} */
export function survivalOf(scenario, found) {
  // Any finding may tell how long one connection was silent; those that measured the cut tell how long others lived, too.
  const cut = found.find(
    ({ check, measured: own }) =>
      typeof own?.idleMs === 'number' && (/(^|\/)idle-/.test(check) || own.aliveMs !== undefined),
  );
  const modes = found.flatMap(modesOf);
  if (!cut?.measured && !modes.some(({ kept }) => kept !== undefined)) return undefined;
  const told = cut?.measured ?? {};
  const time = (/** @type {string} */ key, /** @type {number} */ otherwise) =>
    typeof told[key] === 'number' ? told[key] : otherwise;
  const word = (/** @type {string} */ key) => (told[key] === undefined ? '' : String(told[key]));
  const idleMs = time('idleMs', -1);
  return {
    scenario,
    id: cut?.id ?? modes[0]?.id ?? '',
    idleMs,
    mostMs: Math.max(idleMs, time('idleMostMs', idleMs)),
    aliveMs: Math.max(...found.map(({ measured }) => Number(measured?.aliveMs ?? 0) || 0), 0),
    by: cutter(found) ?? word('idleCutBy'),
    clientSaw: word('clientSaw'),
    originSaw: word('originSaw'),
    busyToo: told.busyToo === true,
    modes,
  };
}

/** Who cut, where a recording between the hops told which of several it was.
 * @param {readonly Finding[]} found */
function cutter(found) {
  const told = found.find(({ check, blame }) => /(^|\/)idle-/.test(check) && blame !== undefined);
  return told?.blame?.includes(' or ') ? undefined : told?.blame;
}

/** @param {Finding} finding
 * @returns {Mode[]} */
function modesOf({ id, check, measured = {}, actualText, message }) {
  const age = typeof measured.ageMs === 'number' ? { ageMs: measured.ageMs } : {};
  const told = Object.entries(measured).flatMap(([key, kept]) =>
    key.startsWith('survives.') && typeof kept === 'boolean'
      ? [{ mode: key.slice('survives.'.length), id, kept, ...age, why: actualText ?? message }]
      : [],
  );
  const [, untold] = /\/survives-(.+)$/.exec(check) ?? [];
  return told.length > 0 || untold === undefined
    ? told
    : [{ mode: untold, id, kept: undefined, why: actualText ?? message }];
}

/** A round figure that is not below: what an axis ends at.
 * @param {number} ms */
export function roundUp(ms) {
  const power = 10 ** Math.floor(Math.log10(Math.max(ms, 1)));
  return (
    /** @type {number} */ ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= ms) ?? 10) * power
  );
}

/** How long an axis has to be for these.
 * @param {readonly Survival[]} survivals */
export const axisOf = (survivals) =>
  roundUp(
    Math.max(
      ...survivals.map(({ mostMs, aliveMs, modes }) =>
        Math.max(mostMs * 1.25, aliveMs, ...modes.map(({ ageMs = 0 }) => ageMs)),
      ),
      100,
    ),
  );
