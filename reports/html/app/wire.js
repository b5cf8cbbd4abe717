import { chooser, connectionsOf, EVERY, firstLook, only } from './connections.js';
import { h } from './dom.js';
import { copies, headDiffs } from './head-diff.js';
import { inspect } from './inspect.js';
import { lanesOf } from './lanes.js';
import { faultsOf } from './rules.js';
import { timeline } from './timeline.js';
import { wireTable } from './wire-table.js';

/** @typedef {import('./entries.js').Evidence} Evidence */
/** @typedef {import('./data.js').Hop} Hop */
/** What an address asks of it: which connection, which entry opened.
 * @typedef {{ of?: string, at?: number }} Asked */

const OPEN_TABLE = 60;

/** What went over the wire: heads compared, a timeline, the entry that is opened, and all entries in words.
 * It goes along with the address when told `asked`, so that the page need not be built anew.
 * @param {readonly Evidence[]} ordered by time
 * @param {readonly Hop[]} hops
 * @param {Asked} asked
 * @param {{ addressOf: (asked: Asked) => string, heads: boolean }} ways `heads`: whether heads are what it is about */
export function wire(ordered, hops, asked, { addressOf, heads }) {
  if (ordered.length === 0) return h('p', { class: 'muted' }, 'Nothing was recorded.');
  const faults = faultsOf(ordered);
  const connections = connectionsOf(ordered);
  const lanes = lanesOf(ordered, hops);
  const box = h('div', { 'data-asked': true });
  const opened = h('div', { 'aria-live': 'polite' });
  const shown = { of: '' };
  const go = (/** @type {Asked} */ to) => {
    location.hash = addressOf(to);
  };
  /** @param {Asked} to */
  const follow = ({ of, at }) => {
    const entry = at === undefined ? undefined : ordered[at];
    const known = connections.some((each) => each.of === of) || of === EVERY;
    const chosen = known && of !== undefined ? of : (entry?.of ?? firstLook(ordered, connections));
    const entries = only(ordered, chosen);
    if (chosen !== shown.of) {
      shown.of = chosen;
      const numbers = entries.map((each) => ordered.indexOf(each));
      const busy = new Set(entries.map(({ by }) => by));
      const here = lanes.map((lane) => ({ ...lane, busy: busy.has(lane.name) }));
      const open = (/** @type {number} */ number) => go({ of: chosen, at: number });
      box.replaceChildren(
        ...(connections.length < 2 ? [] : [chooser(connections, chosen, (to) => addressOf({ of: to }))]),
        ...(chosen === EVERY && connections.length > 1
          ? []
          : [h('div', { class: 'heads' }, headDiffs(entries, here, heads), copies(entries))]),
        timeline({ entries, numbers, lanes: here, faults }, open),
        opened,
        h(
          'details',
          { class: 'all-entries', open: entries.length <= OPEN_TABLE },
          h('summary', {}, 'Every entry in words'),
          wireTable(entries, here, (/** @type {Evidence} */ each) =>
            addressOf({ of: chosen, at: ordered.indexOf(each) }),
          ),
        ),
      );
    }
    const start = entries[0]?.at ?? 0;
    const shut = () => go({ of: chosen });
    opened.replaceChildren(
      ...(entry ? [inspect(entry, entry.at - start, faults.get(entry) ?? [], shut)] : []),
    );
    if (entry) opened.scrollIntoView({ block: 'nearest' });
    for (const mark of box.querySelectorAll('.mark[data-number]'))
      mark.classList.toggle('opened', mark.getAttribute('data-number') === String(at));
  };
  box.addEventListener('asked', (event) => follow(/** @type {CustomEvent<Asked>} */ (event).detail));
  follow(asked);
  return box;
}
