import { careless } from '../../harness/origins/careless.js';
import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

const patience = { answerMs: 500 };

export default {
  sound: { origin: wsOrigin({ title: 'ws with 64 KiB at most' }, { maxPayload: 65_536 }), patience },
  careless: { origin: careless(['any-sum']), patience },
} satisfies Controls;
