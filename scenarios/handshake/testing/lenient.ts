import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import type { Origin } from '../../../harness/model.js';
import { echoes, rawOrigin } from '../../../harness/testing/subjects.js';

/** An echoing `ws` server on Node’s HTTP parser; `lenient` is `insecureHTTPParser`, by which it takes what is malformed. */
export const onParser = (lenient: boolean): Origin => {
  const server = createServer({ insecureHTTPParser: lenient });
  new WebSocketServer({ server })
    .on('connection', (socket) => echoes(socket.on('error', () => {})))
    .on('error', () => {});
  const title = lenient ? 'ws on a lenient parser' : 'ws on a strict parser';
  return rawOrigin({ title }, (socket) => void server.emit('connection', socket));
};
