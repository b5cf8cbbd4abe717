import type { Controls } from '../../harness/testing/controls.js';
import { fragile } from '../../harness/testing/fragile.js';

const target = { hello: '{"type":"hello"}' };

/** As code does that calls itself for each level. */
const overflows = (data: Buffer): boolean => /^(?:\[|\{"a":){5000}/.test(data.toString());

export default {
  sound: { origin: fragile({ title: 'ws' }), target },
  careless: { origin: fragile({ title: 'a server whose stack overflows', fatalMessage: overflows }), target },
} satisfies Controls;
