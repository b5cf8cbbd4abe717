import t from 'tap';
import { entries, load } from '../catalogue.js';
import { eachOf } from '../channel.js';
import type { Check } from '../model.js';
import { type ClientControls, nameOf, tryOn } from './client-controls.js';
import { controlsOf, keep, type Row } from './seen.js';

/** Checks that are tried at once; they mostly wait. */
const AT_ONCE = 4;
const only = process.env.CONTROLS;

t.setTimeout(290_000);

t.test('every check of clients passes a sound one and catches a careless one', async (t) => {
  const rows: Row[] = [];
  const { signal } = new AbortController();
  const wanted = entries('check').filter(({ id }) => only === undefined || id.startsWith(only));
  await eachOf(wanted, AT_ONCE, signal, async (entry) => {
    const check = await load<Check>(entry);
    if (check.judges !== 'client' || !check.lures) return;
    const controls = await controlsOf<ClientControls>(t, entry);
    if (!controls) return;
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
  keep(t, 'client-controls', rows);
});
