import t from 'tap';
import { tryAt } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import controlFrameLimit from './control-frame-limit.check.js';
import fragmented from './fragmented.check.js';
import size125 from './size-125.check.js';
import size65536 from './size-65536.check.js';

const patience = { answerMs: 500 };

t.test('what a server says of lengths and kinds is no fault', async (t) => {
  const short = wsOrigin({ title: 'short' }, { maxPayload: 1000 });
  t.match(await tryAt(size65536, { origin: short, patience }), {
    outcome: 'info',
    message: 'messages of 65536 octets are too long here',
  });
  const textOnly = wsOrigin({ title: 'text only' }, {}, (socket) => {
    socket.on('message', (data, binary) => (binary ? socket.close(1003) : socket.send(data)));
  });
  t.match(await tryAt(size125, { origin: textOnly, patience }), { outcome: 'pass' });
});

t.test('what takes an echo is skipped where there is none, and the rest is judged', async (t) => {
  const mute = wsOrigin({ title: 'mute' }, {}, () => {});
  t.match(await tryAt(fragmented, { origin: mute, patience }), { outcome: 'skip', message: /echoes/ });
  t.match(await tryAt(controlFrameLimit, { origin: mute, patience }), { outcome: 'pass' });
});
