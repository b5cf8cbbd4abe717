/** Arrow keys walk grids, `/` goes to the search, Escape goes up, j and k go on and back, n and p to the next and the
 * previous finding that is not as expected.
 * @param {{ search: HTMLInputElement, up: () => void }} page */
export function listen({ search, up }) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = /** @type {HTMLElement} */ (event.target);
    if (from === search) {
      if (event.key === 'Escape') leave(search);
      return;
    }
    if (from.closest('select, input, textarea')) return;
    if (event.key === '/') {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === 'Escape') up();
    else if (/^[jknp]$/.test(event.key))
      /** @type {HTMLElement | null} */ (document.querySelector(`a[data-step="${event.key}"]`))?.click();
    else if (walk(from, event.key)) event.preventDefault();
  });
  document.addEventListener('focusin', (event) => rove(/** @type {HTMLElement} */ (event.target)));
}

/** Escape first empties the search, then leaves it.
 * @param {HTMLInputElement} search */
function leave(search) {
  if (search.value === '') search.blur();
  search.value = '';
  search.dispatchEvent(new Event('input', { bubbles: true }));
}

/** @param {Element} row @returns {HTMLElement[]} */
const cellsOf = (row) =>
  [...row.querySelectorAll('[data-cell]')].map((cell) => /** @type {HTMLElement} */ (cell));

/** @param {HTMLElement} from @param {string} key */
function walk(from, key) {
  const grid = from.closest('[data-grid]');
  if (!grid || !from.hasAttribute('data-cell')) return false;
  const rows = [...grid.querySelectorAll('tbody tr, tfoot tr')].map(cellsOf);
  const y = rows.findIndex((row) => row.includes(from));
  const x = rows[y]?.indexOf(from) ?? -1;
  /** @type {Record<string, [number, number]>} */
  const steps = {
    ArrowUp: [y - 1, x],
    ArrowDown: [y + 1, x],
    ArrowLeft: [y, x - 1],
    ArrowRight: [y, x + 1],
    Home: [y, 0],
    End: [y, (rows[y]?.length ?? 1) - 1],
  };
  const step = steps[key];
  if (!step) return false;
  rows[step[0]]?.[step[1]]?.focus();
  return true;
}

/** One cell of a grid is in the tab order: the one that was focused last, or the first.
 * @param {HTMLElement} to */
function rove(to) {
  const grid = to.closest('[data-grid]');
  if (!grid || !to.hasAttribute('data-cell')) return;
  for (const cell of cellsOf(grid)) cell.tabIndex = cell === to ? 0 : -1;
}

/** @param {ParentNode} page */
export function settle(page) {
  for (const grid of page.querySelectorAll('[data-grid]'))
    for (const [i, cell] of cellsOf(grid).entries()) cell.tabIndex = i === 0 ? 0 : -1;
}
