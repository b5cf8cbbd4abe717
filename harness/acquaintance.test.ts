import t, { type Test } from 'tap';
import type { WebSocket } from 'ws';
import { similar } from './acquaintance/similar.js';
import { acquaint, received } from './acquaintance.js';
import { dial } from './clients/dial.js';
import type { DialOptions, Target } from './model.js';
import { wsListening } from './testing/listening.js';
import { echoes } from './testing/subjects.js';

const WITHIN = 400;
const plain: Target = { path: '/', headers: [], allowedOrigins: [], subprotocols: [] };

async function meet(t: Test, target: Partial<Target>, session: (socket: WebSocket) => void = echoes) {
  const url = await wsListening(t, {}, session);
  const full = { ...plain, ...target };
  const attempt = async (options: DialOptions = {}) => {
    const made = await dial({ url }, { path: '/', answerMs: WITHIN, ...options }, { unmarked: true });
    t.teardown(() => made[Symbol.asyncDispose]());
    return made;
  };
  return { known: await acquaint(attempt, full, WITHIN), attempt, full };
}

const speaking =
  (answer: (said: string, socket: WebSocket) => string | undefined, first?: string) =>
  (socket: WebSocket) => {
    if (first !== undefined) socket.send(first);
    socket.on('message', (data) => {
      const said = answer(String(data), socket);
      if (said !== undefined) socket.send(said);
    });
  };

t.test('the most telling sign that can be had is taken', async (t) => {
  const echo = await meet(t, {});
  t.match(echo.known, { sign: 'echo', again: 'echo', pongs: true, greeting: [] });
  const mute = await meet(t, {}, () => {});
  t.match(mute.known, { sign: 'pong', again: 'pong', pongs: true });
  const answering = await meet(
    t,
    { hello: 'hi' },
    speaking(() => '{"type":"welcome","id":1}'),
  );
  t.match(answering.known, { sign: 'answer', again: 'answer', answer: { opcode: 1 } });
  const expected = await meet(
    t,
    { hello: 'hi', expect: /wel+come/g },
    speaking((said) => (said === 'hi' ? 'welcome' : 'what?')),
  );
  t.match(expected.known, { sign: 'expected', again: 'expected' });
  const greeted = await meet(
    t,
    { expect: /ready/ },
    speaking(() => undefined, 'ready'),
  );
  t.match(greeted.known, { sign: 'expected' });
});

t.test('a hello that logs in is not said twice', async (t) => {
  const { known } = await meet(t, { hello: 'login' }, (socket) => {
    socket.once('message', () => socket.send('ok'));
  });
  t.match(known, { sign: 'answer', again: 'pong' });
});

t.test('without a baseline there is a reason', async (t) => {
  const reason = (target: Partial<Target>, session: (socket: WebSocket) => void) =>
    meet(t, target, session).then(
      () => 'a baseline',
      ({ message }: Error) => message,
    );
  t.equal(
    await reason({}, (socket) => socket.close(1008, 'no "token"')),
    'no baseline here: the 101 was followed by Close 1008 "no "token""',
  );
  t.match(
    await reason(
      { expect: /ready/ },
      speaking(() => undefined, 'not yet'),
    ),
    /no message fits \/ready\/; what came was the message "not yet", then nothing more/,
  );
});

t.test('what comes after the 101 decides', async (t) => {
  let mode: 'fine' | 'close' | 'error' | 'denied' | 'mute' = 'fine';
  const { known, attempt, full } = await meet(
    t,
    { hello: 'hi' },
    speaking((_, socket) => {
      if (mode === 'close') socket.close(4401, 'who?');
      if (mode === 'fine') return '{"type":"welcome","user":7}';
      if (mode === 'denied') return '{"error":"unauthorized"}';
      return mode === 'error' ? '{"type":"error","message":"too short"}' : undefined;
    }),
  );
  const seen = async () => received(await attempt(), known, full, WITHIN);
  t.match(await seen(), {
    reception: 'accepted',
    told: '101, then the message "{"type":"welcome","user":7}", then nothing more',
  });
  mode = 'close';
  t.match(await seen(), { reception: 'late', told: '101, then Close 4401 "who?"' });
  mode = 'error';
  t.match(await seen(), { reception: 'unclear', told: /too short/ });
  mode = 'denied';
  t.match(await seen(), { reception: 'late', told: /unauthorized/ });
  mode = 'mute';
  t.match(await seen(), { reception: 'unclear', told: '101, then nothing more' });
  const refused = await received(
    await attempt({ change: { 'Sec-WebSocket-Version': '9' } }),
    known,
    full,
    WITHIN,
  );
  t.match(refused, { reception: 'refused', told: 'refused with 400 Bad Request' });
});

t.test('who is told off instead has been refused, whatever the sign is', async (t) => {
  const told = { error: 'unauthorized' };
  for (const [sign, session] of [
    ['echo', echoes],
    ['pong', () => {}],
    ['pong', speaking(() => undefined, '{"type":"ready"}')],
  ] as const) {
    let denies = false;
    const { known, attempt, full } = await meet(t, {}, (socket) => {
      if (!denies) return session(socket);
      setTimeout(() => socket.send(JSON.stringify(told)), 50);
    });
    t.equal(known.sign, sign);
    denies = true;
    t.match(await received(await attempt(), known, full, WITHIN), {
      reception: 'late',
      told: /unauthorized/,
    });
  }
  const careless = await meet(t, {}, (socket) => {
    echoes(socket);
    socket.send('{"error":"not logged in, but welcome"}');
  });
  const again = await received(await careless.attempt(), careless.known, careless.full, WITHIN);
  t.match(again, { reception: 'accepted' }, 'said to everybody');
});

t.test('a greeting is no answer to the hello', async (t) => {
  const session = speaking(() => '{"type":"welcome","id":1}', 'who is there?');
  const { known, attempt, full } = await meet(t, { hello: 'hi' }, session);
  t.match(known, { sign: 'answer', greeting: [{ opcode: 1 }], answer: { opcode: 1 } });
  const again = await received(await attempt(), known, full, WITHIN);
  t.match(again, { reception: 'accepted', told: /welcome/ });
  t.equal(again.messages.length, 2);
});

t.test('an answer is found among what a server tells everybody', async (t) => {
  const { known, attempt, full } = await meet(t, { hello: 'join' }, (socket) => {
    socket.once('message', () => {
      for (let i = 0; i < 20; i++) socket.send(`{"type":"tick","n":${i}}`);
      socket.send('{"type":"joined","room":1}');
    });
  });
  t.match(known, { sign: 'answer' });
  const first = {
    ...known,
    answer: { fin: true, rsv: 0, opcode: 1, payload: Buffer.from('{"type":"joined","room":7}') },
  };
  t.match(await received(await attempt(), first, full, WITHIN), { reception: 'accepted', told: /"joined"/ });
});

t.test('messages of one kind', async (t) => {
  const text = (payload: string) => ({ fin: true, rsv: 0, opcode: 1, payload: Buffer.from(payload) });
  const alike: readonly [string, string, boolean][] = [
    ['{"type":"a","n":1}', '{"n":2,"type":"a"}', true],
    ['{"type":"a"}', '{"type":"b"}', false],
    ['{"a":1}', '{"a":1,"error":"denied"}', false],
    ['0{"sid":"x"}', '0{"sid":"y"}', true],
    ['0{"sid":"x"}', '44{"message":"x"}', false],
    ['hello', 'good day', true],
    ['hello', 'Forbidden', false],
  ];
  for (const [a, b, same] of alike) t.equal(similar(text(a), text(b)), same, `${a} and ${b}`);
  t.equal(similar(text('a'), { ...text('a'), opcode: 2 }), false);
});
