import t from 'tap';
import { place } from '../../proxies/testing/place.js';
import { dial } from '../clients/dial.js';
import type { Recorder } from '../clients/recorder.js';
import type { Intermediary, Transcript } from '../model.js';
import { echo } from '../origins/echo.js';
import { frame } from '../protocol/index.js';
import { decode } from './decode.js';
import { sideOf } from './side.js';

/** What both ends of one connection have of it. */
async function bothEnds(
  t: Parameters<typeof place>[0],
  tls: boolean,
  via: readonly Intermediary[] = [],
  path = '/echo',
) {
  const { route, sightings } = await place(t, via, echo({ tls }));
  let mine: Transcript | undefined;
  const record: Recorder = (_kind, _text, _bytes, { transcript } = {}) => {
    mine ??= transcript;
  };
  const made = await dial(route, { path }, { record });
  t.teardown(() => made[Symbol.asyncDispose]());
  const seen = await sightings!.of(made.token, 1000);
  return { made, mine: mine!, theirs: seen!.transcript! };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 40));
const sidesOf = (...all: readonly Transcript[]) => all.map((one) => sideOf(one, 'a segment'));
const textOf = (pieces: readonly { bytes?: Uint8Array }[]) =>
  Buffer.concat(pieces.flatMap(({ bytes }) => bytes ?? [])).toString('latin1');

for (const tls of [false, true]) {
  t.test(`both ends have the same octets, ${tls ? 'inside of TLS' : 'in clear'}`, async (t) => {
    const { made, mine, theirs } = await bothEnds(t, tls);
    made.peer!.send(frame({ opcode: 'text', payload: 'hello', mask: true }));
    await made.peer!.until(({ opcode }) => opcode === 1, 1000);
    made.peer!.end();
    await made.peer!.farewell(1000);
    await settled();
    const sides = sidesOf(mine, theirs);
    for (const side of sides) {
      const { up, down } = side.plain ?? side;
      t.equal(tls, side.plain !== undefined);
      t.ok(textOf(up.pieces).startsWith(made.sent), 'the request');
      t.ok(textOf(down.pieces).startsWith(made.answer!.raw), 'and the answer');
      const socket = decode(side)[tls ? 'inner' : 'socket'];
      t.ok(socket);
      t.same([side.up.ends[0]?.how, side.down.ends[0]?.how], ['fin', 'fin']);
    }
    const [a, b] = sides.map((side) => textOf((side.plain ?? side).up.pieces));
    t.equal(a, b);
    const [outer, other] = sides.map((side) => textOf(side.up.pieces));
    t.equal(outer, other, 'one TLS session has one name at both ends');
    t.equal(theirs.client.port, mine.client.port);
    t.ok(mine.endedAt && theirs.endedAt);
  });
}

t.test('octets that go out in one write are those that were written', async (t) => {
  const { made, theirs } = await bothEnds(t, false, [], '/early');
  t.match(await made.peer!.next(), { payload: Buffer.from('early') });
  const down = textOf(sideOf(theirs, 'a segment').down.pieces);
  t.equal(down, `${made.answer!.raw}\x81\x05early`);
});

t.test('an RST is told as one at either end', async (t) => {
  const { made, mine, theirs } = await bothEnds(t, false);
  made.peer!.reset();
  await settled();
  const [near, far] = sidesOf(mine, theirs);
  t.same([near!.up.ends[0]?.how, far!.up.ends[0]?.how], ['rst', 'rst']);
  t.same([near!.down.ends, far!.down.ends], [[], []]);
});

t.test('whoever lets go of the connection sends a FIN', async (t) => {
  const { made, mine, theirs } = await bothEnds(t, false);
  await made[Symbol.asyncDispose]();
  await settled();
  const [near, far] = sidesOf(mine, theirs);
  t.same([near!.up.ends[0]?.how, far!.up.ends[0]?.how], ['fin', 'fin']);
});
