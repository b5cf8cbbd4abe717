import t from 'tap';
import { entries, load, select, units } from './catalogue.js';
import type { Check, Scenario } from './model.js';

const checks = entries('check');
const scenarios = entries('scenario');
const WORDS = /^[a-z0-9]+(-[a-z0-9]+)*(\/[a-z0-9]+(-[a-z0-9]+)*)+$/;

t.test('there is a catalogue to speak of', async (t) => {
  t.ok(checks.length >= 45, `${checks.length} checks`);
  t.ok(scenarios.length >= 30, `${scenarios.length} scenarios`);
  for (const { id } of [...checks, ...scenarios]) t.match(id, WORDS);
});

t.test('each check says what a reader needs', async (t) => {
  for (const entry of checks) {
    const check = await load<Check>(entry);
    t.type(check.run, 'function', entry.id);
    for (const key of ['title', 'requirement', 'why', 'remedy'] as const) {
      t.ok((check[key]?.length ?? 0) > 10, `${entry.id} has a ${key}`);
    }
    t.match(check.severity, /^(info|low|medium|high|critical)$/, `${entry.id} has a severity`);
    t.ok(check.refs.length > 0, `${entry.id} has references`);
  }
});

t.test('each scenario selects checks that are there, and gives a reason for what it expects', async (t) => {
  for (const entry of scenarios) {
    const { title, checks: wanted, expect = {} } = await load<Scenario>(entry);
    t.ok(title, entry.id);
    const ids = wanted.flatMap((selector) => {
      const found = typeof selector === 'string' ? select(checks, selector).map(({ id }) => id) : ['inline'];
      t.ok(found.length > 0, `${entry.id}: ${String(selector)} selects something`);
      return found;
    });
    for (const [key, { because }] of Object.entries(expect)) {
      t.ok(
        ids.some((id) => id === key || id.startsWith(`${key}/`)),
        `${entry.id}: ${key} is tried there`,
      );
      t.ok(because.length > 10, `${entry.id}: ${key} has a reason`);
    }
  }
});

t.test('a selector is an id, or else a prefix at a word’s border', async (t) => {
  const all = ['masking/text', 'masking/text-long', 'maskings/x'].map((id) => ({ id }));
  const ids = (selector: string) => select(all, selector).map(({ id }) => id);
  t.same(ids('masking'), ['masking/text', 'masking/text-long']);
  t.same(ids('masking/'), ['masking/text', 'masking/text-long']);
  t.same(ids('masking/text'), ['masking/text']);
  t.same(ids('maskings'), ['maskings/x']);
  t.same(ids('mask'), []);
});

t.test('folders are read', async (t) => {
  const ids = (folder: Parameters<typeof units>[0]) => units(folder).map(({ id }) => id);
  t.match(ids('proxies').join(' '), /nginx.*squid.*toxiproxy/);
  t.match(ids('reports').join(' '), /json.*junit.*tap/);
});
