import type { Controls } from '../../harness/testing/controls.js';
import { PATH, sockJs } from './testing/origin.js';

const target = { path: PATH };

export default {
  sound: { origin: sockJs(), target },
  careless: { origin: sockJs(['foreign-script']), target },
} satisfies Controls;
