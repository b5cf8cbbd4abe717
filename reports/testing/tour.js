// Runs in the page: goes to the addresses that its views link to, all or the first so many, opens what can be opened,
// and tells what was met. `tour(most)` is put after it.
// biome-ignore lint/correctness/noUnusedVariables: called by what is put after it
async function tour(most) {
  const next = () => new Promise((resolve) => setTimeout(resolve));
  const main = () => document.querySelector('main');
  const hrefs = () =>
    [...document.querySelectorAll('a[href^="#/"]')].map((link) => link.getAttribute('href'));
  const todo = new Set(['#/?all=1']);
  const parts = { entry: 0, narrowed: 0 };
  /** Of the addresses of entries and of narrowed overviews, which are many, the first twelve. */
  const wanted = (href) => {
    const part = href.includes('at=') ? 'entry' : /^#\/(by-hop)?\?/.test(href) ? 'narrowed' : undefined;
    return todo.has(href) || part === undefined || ++parts[part] <= 12;
  };
  const met = { titles: [], protocols: new Set(), foreign: 0, scripts: 0 };
  for (const href of todo) {
    if (met.titles.length >= most) break;
    location.hash = href;
    for (let i = 0; i < 500 && (i === 0 || main().textContent.includes('Reading…')); i++) await next();
    met.titles.push(document.querySelector('h1').textContent);
    for (const each of main().querySelectorAll('details')) each.open = true;
    for (const link of document.querySelectorAll('a')) met.protocols.add(link.protocol);
    met.foreign += document.querySelectorAll(
      'img, svg:not(.drawing), iframe, object, embed, base, form, link, [onerror], [onload], [style]',
    ).length;
    met.foreign += document.querySelectorAll(
      'svg :not(g, path, line, rect, circle, text, title), svg [href], svg [onclick], svg [style]',
    ).length;
    met.scripts = Math.max(met.scripts, document.scripts.length);
    for (const found of hrefs()) if (wanted(found)) todo.add(found);
  }
  return { ...met, protocols: [...met.protocols] };
}
