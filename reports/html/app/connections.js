import { h, visible } from './dom.js';
import { label } from './entries.js';
import { count } from './parts.js';

/** @typedef {import('./entries.js').Evidence} Evidence */
/** @typedef {{ of: string, entries: number, asked: string, answered: string, ended: string }} Connection */

/** Stands in the address for all connections at once. */
export const EVERY = '*';

/** The connections of a check, in the order in which they were met.
 * @param {readonly Evidence[]} ordered by time
 * @returns {Connection[]} */
export function connectionsOf(ordered) {
  /** @type {Map<string, Evidence[]>} */
  const groups = new Map();
  for (const entry of ordered) {
    if (entry.of === undefined) continue;
    const group = groups.get(entry.of);
    if (group) group.push(entry);
    else groups.set(entry.of, [entry]);
  }
  return [...groups].map(([of, entries]) => {
    const first = (/** @type {(entry: Evidence) => boolean} */ fits) => entries.find(fits);
    const request = first(({ mark, text }) => mark === 'request' && !text.startsWith('CONNECT '));
    const answer = entries.findLast(({ mark, by }) => mark === 'response' && by === 'client');
    const end =
      first(({ mark }) => mark === 'rst') ??
      first(({ mark, frame }) => mark === 'frame' && frame?.opcode === 8) ??
      first(({ mark }) => mark === 'fin');
    return {
      of,
      entries: entries.length,
      asked:
        request?.text
          .split(' ', 2)
          .join(' ')
          .replace(/[?&]gauntlet=[^&\s]*/, '') ?? '',
      answered: answer ? label(answer) : request?.by === 'client' ? 'no answer' : 'partly kept',
      ended: end ? label(end) : 'open',
    };
  });
}

/** The one to look at first: the one that is least like the others, and of several the last, since what is tried comes
 * after what it is compared with.
 * @param {readonly Evidence[]} ordered by time
 * @param {Connection[]} connections */
export function firstLook(ordered, connections) {
  /** @type {Map<string, Set<string>>} */
  const kinds = new Map(connections.map(({ of }) => [of, new Set()]));
  for (const entry of ordered)
    kinds.get(entry.of ?? '')?.add(`${entry.by} ${entry.kind} ${label(entry)} ${entry.frame?.masked ?? ''}`);
  const likes = connections.map(({ of }) => [...(kinds.get(of) ?? [])].sort().join('\n'));
  const alikes = likes.map((own) => likes.filter((other) => other === own).length);
  return connections[alikes.lastIndexOf(Math.min(...alikes))]?.of ?? EVERY;
}

/** @param {readonly Evidence[]} ordered @param {string} of */
export const only = (ordered, of) =>
  of === EVERY ? [...ordered] : ordered.filter((entry) => entry.of === undefined || entry.of === of);

/** @param {Connection[]} connections @param {string} chosen
 * @param {(of: string) => string} addressOf */
export function chooser(connections, chosen, addressOf) {
  const link = (
    /** @type {string} */ of,
    /** @type {string} */ title,
    /** @type {(string | Node)[]} */ ...words
  ) =>
    h(
      'a',
      {
        class: 'chip connection',
        href: addressOf(of),
        title: visible(title),
        'aria-current': of === chosen ? 'true' : undefined,
        'data-key': `of:${of}`,
      },
      words,
    );
  return h(
    'nav',
    { class: 'connections', 'aria-label': 'Connections' },
    h('span', { class: 'muted' }, count(connections.length, 'connection')),
    link(EVERY, 'all of them on one timeline', 'all'),
    connections.map(({ of, asked, answered, ended, entries }, i) =>
      link(
        of,
        `${asked}, ${entries} entries, token ${of}`,
        h('strong', {}, `${i + 1}`),
        ` ${answered} … ${ended}`,
      ),
    ),
  );
}
