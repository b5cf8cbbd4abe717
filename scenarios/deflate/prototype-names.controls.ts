import type { Controls } from '../../harness/testing/controls.js';
import { fragile } from '../../harness/testing/fragile.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

export default {
  sound: { origin: wsOrigin({ title: 'ws with compression' }, { perMessageDeflate: true }) },
  careless: {
    origin: fragile({
      title: 'a server that falls over the name of a property',
      fatal: ({ headers }) => /constructor/.test(String(headers['sec-websocket-extensions'])),
    }),
  },
} satisfies Controls;
