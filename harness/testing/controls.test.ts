import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import t from 'tap';
import { entries, load } from '../catalogue.js';
import { eachOf } from '../channel.js';
import type { Check } from '../model.js';
import { type Controls, SOUND, tryAt } from './controls.js';

/** Checks that are tried at once; they mostly wait. */
const AT_ONCE = 6;
const KEPT = fileURLToPath(new URL('../../gauntlet-report/', import.meta.url));

interface Row {
  id: string;
  sound: string;
  careless: string;
}

const only = process.env.CONTROLS;

t.test('every check of endpoints passes a sound one and catches a careless one', async (t) => {
  const rows: Row[] = [];
  const { signal } = new AbortController();
  const wanted = entries('check').filter(({ id }) => only === undefined || id.startsWith(only));
  const loaded = await Promise.all(
    wanted.map(async (entry) => ({ ...entry, check: await load<Check>(entry) })),
  );
  const endpoints = loaded.filter(({ check: { judges } }) => judges === 'endpoint' || judges === 'either');
  const isSafe = ({ check: { reach = 'safe' } }: (typeof loaded)[number]) => reach === 'safe';
  const tryBoth = async ({ check, ...entry }: (typeof loaded)[number]) => {
    const file = entry.file.replace(/\.check\.([jt]s)$/, '.controls.$1');
    if (!existsSync(file))
      return void t.fail(`${entry.id} has no controls: ${entry.id}.controls.ts is missing`);
    const controls = ((await import(pathToFileURL(file).href)) as { default: Controls }).default;
    const { sound = SOUND, careless, passes = 'pass', caught = 'fail' } = controls;
    const good = await tryAt(check, sound);
    const bad = await tryAt(check, careless);
    t.equal(good.outcome, passes, `${entry.id} at a sound one: ${good.message}`);
    t.equal(bad.outcome, caught, `${entry.id} at a careless one: ${bad.message}`);
    rows.push({
      id: entry.id,
      sound: `${sound.origin.title ?? 'origin'}: ${good.outcome}`,
      careless: `${careless.origin.title ?? 'origin'}: ${bad.outcome}`,
    });
  };
  await eachOf(endpoints.filter(isSafe), AT_ONCE, signal, tryBoth);
  // As in an audit: what times its subject, or floods it, has it for itself.
  await eachOf(
    endpoints.filter((one) => !isSafe(one)),
    1,
    signal,
    tryBoth,
  );
  rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  const table = [
    '| check | sound | careless |',
    '|---|---|---|',
    ...rows.map(({ id, sound, careless }) => `| ${id} | ${sound} | ${careless} |`),
  ].join('\n');
  t.comment(table);
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(`${KEPT}controls.md`, `${table}\n`);
});
