import { scryptSync } from 'node:crypto';
import type { Controls } from '../../harness/testing/controls.js';
import { ANN, asking } from './testing/passwords.js';

const hash = () => scryptSync('given', 'salt', 32, { N: 4096 });

export default {
  sound: {
    origin: asking('ws that hashes for everybody', () => {
      hash();
      return 401;
    }),
    target: ANN,
  },
  careless: {
    origin: asking('ws that hashes for ann', (user) => {
      if (user === 'ann') hash();
      return 401;
    }),
    target: ANN,
  },
  caught: 'warn',
} satisfies Controls;
