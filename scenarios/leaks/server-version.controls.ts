import type { Controls } from '../../harness/testing/controls.js';
import { answering } from './testing/answering.js';

export default {
  sound: { origin: answering('names the product', { headers: { Server: 'nginx', Via: '1.1 edge' } }) },
  careless: {
    origin: answering('names the version', { headers: { Server: 'nginx/1.22.1', Via: '1.1 edge' } }),
  },
  caught: 'warn',
} satisfies Controls;
