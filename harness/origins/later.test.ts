import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { Later } from './later.js';

t.test('what is due while there is a connection is done', async (t) => {
  const later = new Later();
  const done: string[] = [];
  await new Promise<void>((resolve) => {
    later.after(1, () => done.push('after'));
    later.whenOver(() => done.push('over'));
    later.every(5, (count) => {
      if (count < 3) return void done.push(`every ${count}`);
      later.over();
      resolve();
    });
  });
  t.same(done.sort(), ['after', 'every 1', 'every 2', 'over']);
});

t.test('nothing is begun once it is gone', async (t) => {
  const later = new Later();
  const done: string[] = [];
  later.over();
  later.every(5, () => done.push('every'));
  later.after(0, () => done.push('after'));
  later.whenOver(() => done.push('over'));
  await sleep(30);
  t.same(done, ['over']);
});
