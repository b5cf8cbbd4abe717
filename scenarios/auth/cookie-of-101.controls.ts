import { WebSocketServer } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { echoes, httpOrigin, wsOrigin } from '../../harness/testing/subjects.js';

const renewing = httpOrigin({ title: 'renews the session' }, (server) => {
  new WebSocketServer({ server })
    .on('headers', (headers) => headers.push('Set-Cookie: sid=2; Path=/; Secure; HttpOnly; SameSite=Lax'))
    .on('connection', echoes);
});
const target = { headers: [['Cookie', 'sid=1']] as const };

export default {
  sound: { origin: wsOrigin({ title: 'ws as it comes' }), target },
  careless: { origin: renewing, target },
  caught: 'info',
} satisfies Controls;
