import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import { APP, exact, PAGE } from './testing/judging.js';

const faulty = wsOrigin(
  { title: 'ws that answers 500' },
  { verifyClient: ({ origin }: { origin: string }, done) => done(origin === APP, 500) },
);

export default {
  sound: { origin: exact, target: PAGE },
  careless: { origin: faulty, target: PAGE },
  caught: 'warn',
} satisfies Controls;
