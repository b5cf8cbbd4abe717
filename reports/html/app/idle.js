/** @typedef {import('./data.js').Finding} Finding */
/** How silent connections fare at a place; times in ms, `idleMs` -1 where none was cut in the time watched.
 * @typedef {{
 *   scenario: string, id: string, idleMs: number, mostMs: number, aliveMs: number, by: string,
 *   clientSaw: string, originSaw: string, busyToo: boolean, modes: Mode[],
 * }} Survival */
/** One way to keep a connection from being silent; `kept` is undefined where it could not be told.
 * @typedef {{ mode: string, id: string, kept: boolean | undefined, why: string }} Mode */

/** What was measured at a place, or undefined where nothing was.
 * @param {string} scenario @param {readonly Finding[]} found findings of that place
 * @returns {Survival | undefined} */
export function survivalOf(scenario, found) {
  const cut = found.find((finding) => typeof finding.measured?.idleMs === 'number');
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
    by: word('idleCutBy'),
    clientSaw: word('clientSaw'),
    originSaw: word('originSaw'),
    busyToo: told.busyToo === true,
    modes,
  };
}

/** @param {Finding} finding
 * @returns {Mode[]} */
function modesOf({ id, check, measured = {}, actualText, message }) {
  const told = Object.entries(measured).flatMap(([key, kept]) =>
    key.startsWith('survives.') && typeof kept === 'boolean'
      ? [{ mode: key.slice('survives.'.length), id, kept, why: actualText ?? message }]
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
  roundUp(Math.max(...survivals.map(({ mostMs, aliveMs }) => Math.max(mostMs * 1.25, aliveMs)), 100));

/** Corners of the curve: the time, and the share of silent connections that are alive from then on.
 * @param {Survival} survival @param {number} endMs
 * @returns {[number, number][]} */
export function stepsOf({ idleMs, mostMs, aliveMs }, endMs) {
  if (idleMs < 0)
    return [
      [0, 1],
      [aliveMs > 0 ? Math.min(aliveMs, endMs) : endMs, 1],
    ];
  if (mostMs > idleMs)
    return [
      [0, 1],
      [idleMs, 0.5],
      [mostMs, 0],
      [endMs, 0],
    ];
  return [
    [0, 1],
    [idleMs, 0],
    [endMs, 0],
  ];
}
