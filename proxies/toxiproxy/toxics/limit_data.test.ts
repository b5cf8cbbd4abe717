import t from 'tap';
import { along, numbered, rig, STREAMS } from '../testing.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

for (const stream of STREAMS) {
  t.test(`limit_data passes so many octets and closes on reaching them, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('limit_data', { bytes: 100 }, { stream });
    const data = numbered(150);
    const [from, to] = along(stream, await path.open());
    to.socket.write('the other way');
    t.equal(String(await from.octets(13)), 'the other way');
    from.socket.write(data.subarray(0, 60));
    t.equal((await to.octets(60)).length, 60);
    from.socket.write(data.subarray(60));
    t.same(await Promise.all([from.ended, to.ended]), ['fin', 'fin']);
    t.equal(to.received.equals(data.subarray(0, 100)), true);

    const [writer, reader] = along(stream, await path.open());
    writer.socket.write(data.subarray(0, 100));
    t.same(await Promise.all([writer.ended, reader.ended]), ['fin', 'fin'], 'not only on exceeding');
    t.equal(reader.received.length, 100);
  });

  t.test(`with 0 it closes at the first octet, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('limit_data', {}, { stream });
    const [from, to] = along(stream, await path.open());
    await pause(100);
    t.equal(from.socket.readableEnded, false, 'an idle connection stays');
    from.socket.write('x');
    t.same(await Promise.all([from.ended, to.ended]), ['fin', 'fin']);
    t.equal(to.received.length, 0);
  });

  t.test(`the count goes on when the limit changes, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('limit_data', { bytes: 100 }, { stream });
    const [from, to] = along(stream, await path.open());
    from.socket.write(numbered(60));
    await to.octets(60);
    await path.ask('PATCH', `/proxies/rig/toxics/limit_data_${stream}`, { attributes: { bytes: 80 } });
    from.socket.write(numbered(60));
    t.equal(await to.ended, 'fin');
    t.equal(to.received.length, 80);
  });
}
