import t from 'tap';
import { along, rig, STREAMS } from '../testing.js';

for (const stream of STREAMS) {
  t.test(`slow_close holds the end back and lets data pass, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('slow_close', { delay: 200 }, { stream });
    const [from, to] = along(stream, await path.open());
    const start = performance.now();
    from.socket.end('bye');
    t.equal(String(await to.octets(3)), 'bye');
    t.equal(to.socket.readableEnded, false, 'data is not delayed');
    t.equal(await to.ended, 'fin');
    t.ok(performance.now() - start >= 195);
  });

  t.test(`the other end's close passes at once, and comes back after the delay, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('slow_close', { delay: 200 }, { stream });
    const [from, to] = along(stream, await path.open());
    const start = performance.now();
    to.socket.end();
    t.equal(await from.ended, 'fin');
    t.equal(to.socket.readableEnded, false);
    t.equal(await to.ended, 'fin');
    t.ok(performance.now() - start >= 195);
  });
}
