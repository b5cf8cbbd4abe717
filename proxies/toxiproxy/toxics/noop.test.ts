import t from 'tap';
import { along, numbered, rig, STREAMS } from '../testing.js';

for (const stream of STREAMS)
  t.test(`noop passes everything on, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('noop', {}, { stream });
    const [from, to] = along(stream, await path.open());
    const data = numbered(1_000_000);
    from.socket.end(data);
    t.equal((await to.octets(data.length)).equals(data), true);
    t.equal(await to.ended, 'fin');
  });
