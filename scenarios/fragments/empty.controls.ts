import { echo } from '../../harness/origins/echo.js';
import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

export default {
  sound: { origin: wsOrigin({ title: 'ws with 2000 fragments at most' }, { maxFragments: 2000 }) },
  careless: { origin: { ...echo(), title: 'echo with a limit of size alone' } },
  caught: 'warn',
} satisfies Controls;
