import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

const target = { subprotocols: ['chat.v2'] };

export default {
  sound: {
    origin: wsOrigin(
      { title: 'ws that wants its subprotocol' },
      { verifyClient: ({ req }, done) => done(req.headers['sec-websocket-protocol'] === 'chat.v2', 400) },
    ),
    target,
  },
  careless: { origin: wsOrigin({ title: 'ws' }), target },
  caught: 'warn',
} satisfies Controls;
