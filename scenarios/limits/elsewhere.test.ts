import t from 'tap';
import type { WebSocket } from 'ws';
import { tryAt } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import controlFrameLimit from './control-frame-limit.check.js';
import fragmented from './fragmented.check.js';
import size125 from './size-125.check.js';
import size65536 from './size-65536.check.js';
import utf8Split from './utf8-split.check.js';

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

t.test('what others say in between is no answer', async (t) => {
  const room = () => {
    const all = new Set<WebSocket>();
    return wsOrigin({ title: 'a room, with heartbeats' }, {}, (socket) => {
      all.add(socket);
      socket.on('close', () => all.delete(socket));
      socket.on('message', (data, binary) => {
        for (const one of all) one.send('somebody said:');
        for (const one of all) one.send(data, { binary });
      });
    });
  };
  for (const check of [size125, fragmented, utf8Split])
    t.match(await tryAt(check, { origin: room(), patience }), { outcome: 'pass' }, check.title);
  const garbling = wsOrigin({ title: 'garbling' }, {}, (socket) => {
    socket.on('message', (data) => socket.send(String(data).startsWith('echo') ? data : `${data}!`));
  });
  t.match(await tryAt(size125, { origin: garbling, patience }), {
    outcome: 'fail',
    message: 'text: 126 octets instead of 125',
  });
});

t.test('what takes an echo is skipped where there is none, and the rest is judged', async (t) => {
  const mute = wsOrigin({ title: 'mute' }, {}, () => {});
  t.match(await tryAt(fragmented, { origin: mute, patience }), { outcome: 'skip', message: /echoes/ });
  t.match(await tryAt(controlFrameLimit, { origin: mute, patience }), { outcome: 'pass' });
});
