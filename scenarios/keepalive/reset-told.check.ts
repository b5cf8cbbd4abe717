import type { Check } from '../../harness/model.js';
import { common, told } from './told.js';

export default {
  ...common,
  title: 'A reset on the way is told to both sides',
  requirement:
    'When a connection is reset on the way, the client and the origin both see an end of it: a FIN, an RST or a Close frame.',
  run: (probe) => told(probe, 'reset'),
} satisfies Check;
