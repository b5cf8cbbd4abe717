import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import { BEARER, guarded, isBearer } from './testing/guarded.js';

export default {
  sound: { origin: guarded('ws with a token', isBearer), target: BEARER },
  careless: { origin: wsOrigin({ title: 'ws that looks at nothing' }), target: BEARER },
} satisfies Controls;
