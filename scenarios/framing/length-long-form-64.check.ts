import type { Check } from '../../harness/model.js';
import { common, longForm } from './length-form.js';

export default {
  title: 'A short length in 64 bits is objected to',
  ...common,
  run: (probe) => longForm(probe, 64),
} satisfies Check;
