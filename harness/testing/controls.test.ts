import t from 'tap';
import { entries, load } from '../catalogue.js';
import { eachOf } from '../channel.js';
import type { Check } from '../model.js';
import { type Controls, SOUND, tryAt } from './controls.js';
import { controlsOf, keep, type Row } from './seen.js';

/** Checks that are tried at once; they mostly wait. */
const AT_ONCE = 6;

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
    const controls = await controlsOf<Controls>(t, entry);
    if (!controls) return;
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
  keep(t, 'controls', rows);
});
