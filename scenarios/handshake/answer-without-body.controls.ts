import type { Controls } from '../../harness/testing/controls.js';
import { answering } from './testing/answering.js';

export default {
  careless: {
    origin: answering('ws whose 101 has a length', (lines) => void lines.push('Content-Length: 0')),
  },
} satisfies Controls;
