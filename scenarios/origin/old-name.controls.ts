import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import { APP, exact, PAGE } from './testing/judging.js';

const trusting = wsOrigin(
  { title: 'ws that believes info.origin' },
  { verifyClient: ({ origin }: { origin: string }) => origin === APP },
);

export default {
  sound: { origin: exact, target: PAGE },
  careless: { origin: trusting, target: PAGE },
} satisfies Controls;
