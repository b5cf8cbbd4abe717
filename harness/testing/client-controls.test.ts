import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import t from 'tap';
import { entries, load } from '../catalogue.js';
import { eachOf } from '../channel.js';
import type { Check } from '../model.js';
import { type ClientControls, nameOf, tryOn } from './client-controls.js';

/** Checks that are tried at once; they mostly wait. */
const AT_ONCE = 4;
const KEPT = fileURLToPath(new URL('../../gauntlet-report/', import.meta.url));
const only = process.env.CONTROLS;

t.setTimeout(290_000);

t.test('every check of clients passes a sound one and catches a careless one', async (t) => {
  const rows: { id: string; sound: string; careless: string }[] = [];
  const { signal } = new AbortController();
  const wanted = entries('check').filter(({ id }) => only === undefined || id.startsWith(only));
  await eachOf(wanted, AT_ONCE, signal, async (entry) => {
    const check = await load<Check>(entry);
    if (check.judges !== 'client' || !check.lures) return;
    const file = entry.file.replace(/\.check\.([jt]s)$/, '.controls.$1');
    if (!existsSync(file))
      return void t.fail(`${entry.id} has no controls: ${entry.id}.controls.ts is missing`);
    const controls = ((await import(pathToFileURL(file).href)) as { default: ClientControls }).default;
    const { careless, passes = 'pass', caught = 'fail' } = controls;
    const { sound = careless.program ? { program: true } : {} } = controls;
    const good = await tryOn(check, sound);
    const bad = await tryOn(check, careless);
    t.equal(good.outcome, passes, `${entry.id} with a sound one: ${good.message}`);
    t.equal(bad.outcome, caught, `${entry.id} with a careless one: ${bad.message}`);
    rows.push({
      id: entry.id,
      sound: `${nameOf(sound)}: ${good.outcome}`,
      careless: `${nameOf(careless)}: ${bad.outcome}`,
    });
  });
  rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  const table = [
    '| check | sound | careless |',
    '|---|---|---|',
    ...rows.map(({ id, sound, careless }) => `| ${id} | ${sound} | ${careless} |`),
  ].join('\n');
  t.comment(table);
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(`${KEPT}client-controls.md`, `${table}\n`);
});
