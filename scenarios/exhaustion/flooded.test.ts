import t from 'tap';
import { judged } from './flooded.js';

const seen = { beforeMs: 1, duringMs: 20, slow: false, starved: false };

t.test('others that wait longer are a warning, others that wait in vain a failure', async (t) => {
  t.match(judged('a flood', seen), { outcome: 'pass', measured: { beforeMs: 1, duringMs: 20 } });
  t.match(judged('a flood', { ...seen, end: { how: 'close', at: 0, code: 1008 } }), {
    outcome: 'pass',
    message: /the connection that sent them was ended$/,
    measured: { code: 1008 },
  });
  t.match(judged('a flood', { ...seen, duringMs: 600, slow: true }), {
    outcome: 'warn',
    message:
      'while a flood came from one client, another waited 600 ms instead of 1 ms, three times in a row',
  });
  t.match(judged('a flood', { ...seen, duringMs: 3000, slow: true, starved: true }), {
    outcome: 'fail',
    message: /another had no answer in 3000 ms/,
  });
});
