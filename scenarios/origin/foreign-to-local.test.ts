import t from 'tap';
import { tryAt } from '../../harness/testing/controls.js';
import foreignToLocal from './foreign-to-local.check.js';
import { APP, judging } from './testing/judging.js';

t.test('who looks at Origin only where there is a cookie lets foreign pages in', async (t) => {
  const target = { origin: APP, headers: [['Cookie', 'sid=good']] as const };
  const lax = judging('with a cookie alone', (origin, { headers }) => !headers.cookie || origin === APP);
  t.match(await tryAt(foreignToLocal, { origin: lax, target }), {
    outcome: 'fail',
    message: /without the cred/,
  });
  const strict = judging('always', (origin) => origin === APP);
  t.match(await tryAt(foreignToLocal, { origin: strict, target }), { outcome: 'pass' });
});
