import t from 'tap';
import type { Evidence } from '../../harness/model.js';
import { evidenceLine } from './evidence.js';

const entry = (more: Partial<Evidence>): Evidence => ({
  at: 1.25,
  by: 'client',
  kind: 'sent',
  text: 'x',
  ...more,
});

t.test('an entry on one line, its octets bounded', async (t) => {
  t.equal(evidenceLine(entry({})), '1.3 ms client sent x');
  t.equal(evidenceLine(entry({ bytes: '' })), '1.3 ms client sent x []');
  t.equal(evidenceLine(entry({ bytes: 'SGk=' })), '1.3 ms client sent x [48 69]');
  for (const length of [1, 47, 48, 49, 50, 1000]) {
    const shown = evidenceLine(entry({ bytes: Buffer.alloc(length, 0xab).toString('base64') }));
    t.equal(shown.match(/ab/g)!.length, Math.min(length, 48), `${length}`);
    t.equal(/… (\d+) more\]$/.exec(shown)?.[1], length > 48 ? String(length - 48) : undefined);
  }
  t.equal(evidenceLine(entry({ text: 'a\n\u001b[31mb' })), '1.3 ms client sent a \\x1b[31mb');
});
