import { readFileSync } from 'node:fs';
import type { Test } from 'tap';
import type { Run } from '../../harness/model.js';
import html from '../html/index.js';
import type { Browser } from './browser.js';

interface Tour {
  titles: string[];
  protocols: string[];
  foreign: number;
  scripts: number;
}

const tour = readFileSync(new URL('tour.js', import.meta.url), 'utf8');

/** As few findings as show every scenario, check and outcome. */
export function few(run: Run): Run {
  const shown = new Set<string>();
  const fresh = (word: string) => !shown.has(word) && Boolean(shown.add(word));
  const findings = run.findings.filter((each) =>
    [each.scenario, each.check, `${each.outcome} ${each.differs}`].map(fresh).includes(true),
  );
  return { ...run, findings };
}

/** Goes through the views of a run's page, all or the first so many: nothing but text may have come of the record. */
export async function nothingButText(t: Test, chromium: Browser, run: Run, most: number): Promise<void> {
  await using opened = await chromium.open(html.render(run));
  const met = await opened.page.evaluate<Tour>(`${tour}\ntour(${most})`);
  const places = Object.keys(run.places).length;
  const views = 1 + run.findings.length + places + Object.keys(run.checks).length;
  t.ok(met.titles.length >= Math.min(most, views), `${met.titles.length} views`);
  t.notOk(met.titles.includes('There is no such thing in this record'), 'every address leads somewhere');
  t.equal(met.foreign, 0);
  t.equal(met.scripts, 2 + places);
  t.ok(
    met.protocols.every((protocol) => ['file:', 'https:'].includes(protocol)),
    met.protocols.join(),
  );
  t.equal(await opened.page.evaluate('window.owned'), undefined);
  t.same(opened.trouble, []);
}
