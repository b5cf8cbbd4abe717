import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import { answering } from '../handshake/testing/answering.js';

const perMessageDeflate = true;

export default {
  sound: { origin: wsOrigin({ title: 'ws that compresses' }, { perMessageDeflate }) },
  careless: {
    origin: answering(
      'ws whose answer names an extension of its own',
      (lines) => void lines.push('Sec-WebSocket-Extensions: x-unasked'),
      { perMessageDeflate },
    ),
  },
} satisfies Controls;
