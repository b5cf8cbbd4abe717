import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import { says } from '../../harness/testing/verdicts.js';
import binaryAny from './binary-any.check.js';
import failsWhen from './fails-when.check.js';
import invalidOctet from './invalid-octet.check.js';
import overlong from './overlong.check.js';

const lenient = wsOrigin({ title: 'puts in U+FFFD' }, { skipUTF8Validation: true }, (socket) => {
  socket.on('message', (data) => socket.send(String(data)));
});
const asks = (skipUTF8Validation: boolean) =>
  wsOrigin({ title: `takes one text alone, ${skipUTF8Validation}` }, { skipUTF8Validation }, (socket) => {
    socket.on('message', (data) => (String(data) === 'hello' ? socket.send('you') : socket.close(1008)));
  });
const target = { hello: 'hello' };

t.test('verdicts of UTF-8 that the controls do not show', (t) =>
  says(
    t,
    [
      { check: overlong, at: lenient, outcome: 'fail', message: /something else/, also: { severity: 'low' } },
      { check: invalidOctet, at: asks(false), outcome: 'pass', message: /and a sound text is not/, target },
      { check: invalidOctet, at: asks(true), outcome: 'skip', message: /without the fault/, target },
      { check: binaryAny, at: asks(false), outcome: 'skip', target },
      { check: failsWhen, at: echo(), outcome: 'info', message: /with the fragment/ },
      { check: failsWhen, at: wsOrigin({ title: 'ws' }), outcome: 'info', message: /at the end/ },
    ],
    { answerMs: 500 },
  ),
);
