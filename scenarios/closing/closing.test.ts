import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { frail } from '../../harness/testing/frail.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import { says } from '../../harness/testing/verdicts.js';
import answered from './answered.check.js';
import codesReserved from './codes-reserved.check.js';
import dataAfter from './data-after.check.js';
import halfCode from './half-code.check.js';
import { judgeLettingGo } from './let-go.js';
import reasonLeaks from './reason-leaks.check.js';
import resetInHandshake from './reset-in-handshake.check.js';
import tcpEnded from './tcp-ended.check.js';
import unanswered from './unanswered.check.js';

const deaf = careless(['no-close-answer']);
/** Ends TCP over any Close, without one of its own. */
const curt = wsOrigin({ title: 'ends TCP over a Close' }, {}, (socket, request) => {
  socket.on('message', (data) => socket.send(String(data)));
  request.socket.prependListener('data', (octets: Buffer) => {
    if ((octets[0]! & 0x0f) === 8) request.socket.destroy();
  });
});
const wordy = wsOrigin({ title: 'says why' }, {}, (socket) => {
  socket.on('message', (data) =>
    /^\{/.test(String(data)) ? socket.close(1008, 'bad message') : socket.send(String(data)),
  );
});

t.test('verdicts of closing that the controls do not show', (t) =>
  says(
    t,
    [
      { check: codesReserved, at: deaf, outcome: 'skip', message: /^a right Close is not answered/ },
      { check: halfCode, at: deaf, outcome: 'skip' },
      { check: tcpEnded, at: deaf, outcome: 'skip' },
      { check: dataAfter, at: deaf, outcome: 'skip', message: /closing.answered/ },
      { check: answered, at: curt, outcome: 'fail', message: /was answered by (FIN|RST) alone/ },
      { check: codesReserved, at: curt, outcome: 'skip', message: /by the end of the connection alone/ },
      { check: dataAfter, at: careless(['mute']), outcome: 'pass' },
      { check: dataAfter, at: careless(['mute', 'after-close']), outcome: 'fail', message: /pings/ },
      { check: unanswered, at: careless(['opcode', 'rsv']), outcome: 'skip' },
      { check: reasonLeaks, at: wordy, outcome: 'info', message: /"bad message"/ },
      {
        check: resetInHandshake,
        at: frail('starts anew', 'reset', { restarts: true }),
        outcome: 'fail',
        message: /^other connections ended/,
      },
    ],
    { answerMs: 500, limitMs: 1000 },
  ),
);

t.test('how long a server may hold what is over', async (t) => {
  const bounds = { well: 2000, fault: 30_000 };
  const cases: readonly [number | undefined, number, string][] = [
    [3, 1000, 'pass'],
    [2000, 5000, 'pass'],
    [2001, 5000, 'warn'],
    [30_001, 60_000, 'fail'],
    [undefined, 2000, 'warn'],
    [undefined, 29_000, 'warn'],
    [undefined, 30_000, 'fail'],
  ];
  for (const [ms, watched, outcome] of cases)
    t.equal(judgeLettingGo(ms, watched, bounds).outcome, outcome, `${ms} of ${watched}`);
  t.match(judgeLettingGo(undefined, 5000, bounds), { measured: { letGoMs: -1 }, severity: 'low' });
});
