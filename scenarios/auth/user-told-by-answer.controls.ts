import type { Controls } from '../../harness/testing/controls.js';
import { ANN, asking } from './testing/passwords.js';

export default {
  sound: { origin: asking('ws that refuses alike', () => 401), target: ANN },
  careless: { origin: asking('ws that knows no bob', (user) => (user === 'ann' ? 401 : 404)), target: ANN },
  caught: 'warn',
} satisfies Controls;
