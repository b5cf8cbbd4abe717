import t from 'tap';
import { needingBinaries } from './needing.js';
import { ORDINARY } from './ordinary.js';
import { nothingGrave } from './ordinary-audit.js';
import { needingReal } from './real-server.js';

/** All checks, at each of them. */
t.setTimeout(290_000);

for (const [name, server] of Object.entries(ORDINARY).filter(([, { via }]) => via.length > 0)) {
  const binaries = await needingBinaries(...server.via.map((hop) => hop.name));
  const options = { ...needingReal(), ...binaries, timeout: 120_000 };
  t.test(`nothing grave is found wrongly at ${name}`, options, (t) => nothingGrave(t, name, server));
}
