import type { Controls } from '../../harness/testing/controls.js';
import { echoes, wsOrigin } from '../../harness/testing/subjects.js';
import { APP, exact, PAGE } from './testing/judging.js';

const late = wsOrigin({ title: 'ws that judges the open connection' }, {}, (socket, { headers }) =>
  headers.origin === APP ? echoes(socket) : socket.close(1008, 'origin'),
);

export default {
  sound: { origin: exact, target: PAGE },
  careless: { origin: late, target: PAGE },
  caught: 'warn',
} satisfies Controls;
