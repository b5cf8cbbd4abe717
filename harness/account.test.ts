import t from 'tap';
import { carelessHop } from '../proxies/careless/hop.js';
import { passing, stripping } from '../proxies/plain/index.js';
import { toxiproxy } from '../proxies/toxiproxy/index.js';
import upgrade from '../scenarios/opening/upgrade.check.js';
import { echo } from './origins/echo.js';
import { tryCheck } from './testing/try-check.js';

t.test('in a chain the hop that did it is named, wherever it stands', async (t) => {
  const strips = { ...stripping(), name: 'stripper' };
  const chains = [
    [strips, passing(), toxiproxy()],
    [passing(), strips, toxiproxy()],
    [toxiproxy(), passing(), strips],
  ];
  for (const via of chains) {
    const { outcome, blame, changes = [], evidence } = await tryCheck(upgrade, { origin: echo(), via });
    const path = via.map(({ name }) => name).join(' → ');
    t.equal(outcome, 'fail', path);
    t.equal(blame, 'stripper', path);
    const dropped = changes.find(({ hop, name }) => hop === 'stripper' && name === 'Upgrade');
    t.equal(dropped?.kind, 'header-dropped', 'what it did is told');
    const lanes = new Set(evidence.map(({ by }) => by));
    t.ok(lanes.has(`client → ${via[0]!.name}`), 'the segments are part of the evidence');
    t.ok(lanes.has(`${via[2]!.name} → origin`));
  }
});

t.test('what is lost after the 101 is laid at its door as well', async (t) => {
  const via = [passing(), carelessHop({ sin: 'one-way' }), toxiproxy()];
  const { outcome, blame } = await tryCheck(upgrade, { origin: echo(), via });
  t.equal(outcome, 'fail');
  t.equal(blame, 'careless-hop');
});

t.test('where nothing broke nobody is blamed', async (t) => {
  const finding = await tryCheck(upgrade, { origin: echo(), via: [passing(), toxiproxy()] });
  t.match(finding, { outcome: 'pass' });
  t.notOk(finding.blame);
  t.notOk(finding.changes);
});
