import type { Controls } from '../../harness/testing/controls.js';
import { fragile } from '../../harness/testing/fragile.js';

const ws = { perMessageDeflate: true, maxPayload: 1024 * 1024 };

export default {
  sound: { origin: fragile({ title: 'ws with compression', ws }) },
  careless: { origin: fragile({ title: 'a server that falls over an error', ws, fatalErrors: true }) },
} satisfies Controls;
