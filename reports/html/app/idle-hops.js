import { scenarios } from './data.js';
import { h, visible } from './dom.js';
import { curveTable, toldOf, verdictOn } from './idle-chart.js';
import { keptLives, silentLives } from './lives.js';
import { count, section } from './parts.js';
import { address } from './route.js';

/** @typedef {import('./idle.js').Survival} Survival */

/** Intermediaries, and the places that tell of each: where it is the one that cuts, or stands and nobody does.
 * @param {readonly Survival[]} survivals
 * @returns {Map<string, Survival[]>} */
function byIntermediary(survivals) {
  /** @type {Map<string, Survival[]>} */
  const groups = new Map();
  for (const survival of survivals) {
    const inner = (scenarios.get(survival.scenario)?.hops ?? []).filter(
      ({ role }) => role !== 'client' && role !== 'origin',
    );
    const fits = inner.filter(({ name }) => survival.idleMs < 0 || survival.by.split(' or ').includes(name));
    for (const name of new Set(fits.map((hop) => visible(hop.name))))
      groups.set(name, [...(groups.get(name) ?? []), survival]);
  }
  return groups;
}

/** A section for each intermediary: the curve of silence, and one for each way to keep connections alive.
 * @param {readonly Survival[]} survivals @param {number} endMs */
export const idleByHop = (survivals, endMs) =>
  [...byIntermediary(survivals)].map(([name, own]) => {
    const modes = [...new Set(own.flatMap((each) => each.modes.map(({ mode }) => mode)))];
    const kept = modes.map((mode) => {
      const lives = keptLives(own, mode);
      const tried = lives.ended.length + lives.alive.length;
      const at = tried === 0 ? '' : `: kept at ${lives.alive.length} of ${count(tried, 'place')}`;
      return { name: mode.replaceAll('-', ' '), lives, words: [verdictOn(lives.alive.length, tried), at] };
    });
    const silent = { name: 'silence', lives: silentLives(own), words: [silenceWords(own)] };
    const at = section(name, curveTable([silent, ...kept], endMs));
    at.querySelector('h2')?.replaceChildren(h('a', { href: address('by-hop', name) }, name));
    return at;
  });

/** @param {readonly Survival[]} own */
function silenceWords(own) {
  const cut = own.filter(({ idleMs }) => idleMs >= 0);
  if (cut.length === 0) return `not cut at ${count(own.length, 'place')}`;
  const [least, most] = [
    Math.min(...cut.map((each) => each.idleMs)),
    Math.max(...cut.map((each) => each.mostMs)),
  ];
  const ways = new Set(
    cut.map(({ clientSaw, originSaw }) =>
      [clientSaw && `the client ${toldOf(clientSaw)}`, originSaw && `the origin ${toldOf(originSaw)}`]
        .filter(Boolean)
        .join(', '),
    ),
  );
  const told = [...ways].filter(Boolean).join('; or ');
  const after = most > least ? `${least} to ${most} ms` : `${least} ms`;
  return `cut after ${after} at ${cut.length} of ${count(own.length, 'place')}${told && `: ${told}`}`;
}
