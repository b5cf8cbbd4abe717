import t from 'tap';
import { WebSocketServer } from 'ws';
import { tryAt } from '../../harness/testing/controls.js';
import { echoes, httpOrigin } from '../../harness/testing/subjects.js';
import absoluteForm from './absolute-form.check.js';

/** Drops so many handshakes in the absolute form. */
const dropping = (most: number) =>
  httpOrigin({ title: `drops ${most}` }, (server) => {
    const sessions = new WebSocketServer({ noServer: true });
    let dropped = 0;
    server.on('upgrade', (request, socket, head) => {
      if (request.url?.startsWith('ws:') || request.url?.startsWith('http:')) {
        if (dropped++ < most) return socket.destroy();
      }
      sessions.handleUpgrade(request, socket, head, (session) => echoes(session.on('error', () => {})));
    });
  });

t.test('one connection that is dropped tells nothing of what was asked', async (t) => {
  t.match(await tryAt(absoluteForm, { origin: dropping(1) }), { outcome: 'pass' });
  t.match(await tryAt(absoluteForm, { origin: dropping(9) }), { outcome: 'fail', message: /reset/ });
});
