import type { Controls } from '../../harness/testing/controls.js';
import { BEARER, guarded, isBearer, TOKEN } from './testing/guarded.js';

export default {
  sound: { origin: guarded('ws with a token', isBearer), target: BEARER },
  careless: {
    origin: guarded('ws with a token in the URL', ({ url = '' }) => url.endsWith(`?token=${TOKEN}`)),
    target: { path: `/echo?token=${TOKEN}` },
  },
  caught: 'warn',
} satisfies Controls;
