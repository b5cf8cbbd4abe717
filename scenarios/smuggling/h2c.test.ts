import t from 'tap';
import { WebSocketServer } from 'ws';
import { tryAt } from '../../harness/testing/controls.js';
import { echoes, httpOrigin } from '../../harness/testing/subjects.js';
import alone from './h2c-alone.check.js';

/** Does this to whoever asks for h2c. */
const answering = (answer: string | undefined) =>
  httpOrigin({ title: `h2c: ${answer ?? 'dropped'}` }, (server) => {
    const sessions = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      if (request.headers.upgrade === 'h2c')
        return answer === undefined
          ? socket.destroy()
          : socket.end(`HTTP/1.1 ${answer}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      sessions.handleUpgrade(request, socket, head, (session) => echoes(session.on('error', () => {})));
    });
  });

t.test('that no answer came, or that there is too much to do, is no sign of soundness', async (t) => {
  t.match(await tryAt(alone, { origin: answering('400 No') }), { outcome: 'pass' });
  t.match(await tryAt(alone, { origin: answering('503 Busy') }), { outcome: 'skip' });
  t.match(await tryAt(alone, { origin: answering(undefined) }), { outcome: 'skip' });
});
