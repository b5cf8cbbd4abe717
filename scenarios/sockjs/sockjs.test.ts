import t from 'tap';
import { tryAt } from '../../harness/testing/controls.js';
import { httpOrigin, wsOrigin } from '../../harness/testing/subjects.js';
import callback from './callback.check.js';
import cors from './cors.check.js';
import fallbackOrigin from './fallback-origin.check.js';
import iframeScript from './iframe-script.check.js';
import { PATH, sockJs } from './testing/origin.js';

t.setTimeout(90_000);

t.test('what is no SockJS endpoint is left alone', async (t) => {
  for (const check of [callback, cors, iframeScript]) {
    for (const path of ['/', '/chat/websocket', PATH]) {
      const plain = await tryAt(check, { origin: wsOrigin({ title: 'plain' }), target: { path } });
      t.match(plain, { outcome: 'skip', message: 'it is no SockJS endpoint' }, path);
    }
  }
});

t.test('how bad foreign pages are goes by what their requests carry', async (t) => {
  const origin = sockJs(['reflects-origin', 'any-origin']);
  t.match(await tryAt(cors, { origin, target: { path: PATH } }), { outcome: 'fail', severity: 'medium' });
  const headers = [['Cookie', 'sid=1']] as const;
  t.match(await tryAt(cors, { origin, target: { path: PATH, headers } }), {
    outcome: 'fail',
    severity: 'high',
  });
});

t.test('where there is no baseline, nothing is told', async (t) => {
  const origin = httpOrigin({ title: 'open' }, (server) => {
    server.on('request', (_, response) => response.end('{"websocket":true,"entropy":1}'));
  });
  const found = await tryAt(fallbackOrigin, { origin, target: { path: PATH } });
  t.match(found, { outcome: 'skip', message: /^no baseline here/ });
});
