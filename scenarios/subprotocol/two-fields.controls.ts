import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

const FIELD = /^sec-websocket-protocol$/i;

export default {
  careless: {
    origin: wsOrigin(
      { title: 'ws that wants one field' },
      {
        verifyClient: ({ req }, done) =>
          done(req.rawHeaders.filter((one) => FIELD.test(one)).length < 2, 400),
      },
    ),
  },
} satisfies Controls;
