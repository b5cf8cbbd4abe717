import type { Controls } from '../../harness/testing/controls.js';
import { answering } from './testing/answering.js';

export default {
  sound: { origin: answering('says nothing', { status: 502, body: 'Bad Gateway' }) },
  careless: {
    origin: answering('names its upstream', { status: 502, body: 'connect to 10.11.12.13:8080 failed' }),
  },
  caught: 'warn',
} satisfies Controls;
