import type { Controls } from '../../harness/testing/controls.js';
import { answering } from './testing/answering.js';

const body = `<pre>${new Error('no route').stack ?? ''}</pre>`;

export default {
  sound: { origin: answering('answers with its status') },
  careless: { origin: answering('answers with its stack', { status: 500, body }) },
} satisfies Controls;
