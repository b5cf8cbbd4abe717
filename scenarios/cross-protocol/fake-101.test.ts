import t from 'tap';
import type { Client } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { acceptValue, valueOf } from '../../harness/protocol/index.js';
import { failingClient } from '../../harness/testing/careless-client.js';
import { smallClient } from '../../harness/testing/small-client.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { handshake } from '../../proxies/careless/handshake.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing } from '../../proxies/plain/index.js';
import { hop, switching } from '../testing/hops.js';
import fake from './fake-101.check.js';
import unoffered from './unoffered-agreement.check.js';

const patience = { answerMs: 500 };
const gullible = smallClient(['any-101']);

for (const [name, check] of [
  ['a 101 that is not the answer', fake],
  ['a 101 that agrees to what was not offered', unoffered],
] as const) {
  t.test(name, async (t) => {
    t.match(await tryCheck(check, { origin: echo() }), {
      outcome: 'pass',
      message: /^ws refused a 101 with/,
    });
    t.match(await tryCheck(check, { origin: echo(), client: smallClient() }), { outcome: 'pass' });
    const bad = await tryCheck(check, { origin: echo(), client: gullible });
    t.match(bad, { outcome: 'fail', actualText: /^careless: any-101 took a 101 with/, blame: 'client' });
    // A client that opens nothing refuses everything.
    const none = await tryCheck(check, { origin: echo(), client: failingClient('out of order') });
    t.match(none, { outcome: 'skip', message: /does not open a right handshake either: out of order/ });
    // Nor does one refuse what it never asked for.
    const sound = smallClient();
    const shy: Client = {
      ...sound,
      open: (route, options) =>
        options?.path?.startsWith('/fake')
          ? failingClient('too shy').open(route)
          : sound.open(route, options),
    };
    t.match(await tryCheck(check, { origin: echo(), client: shy }), {
      outcome: 'skip',
      message: /asked for 0 of/,
    });
  });
}

t.test('each fault is caught by itself', async (t) => {
  for (const [check, fault, what] of [
    [fake, 'without=accept', 'without Sec-WebSocket-Accept'],
    [fake, 'wrong=accept', 'of another key'],
    [fake, 'without=upgrade', 'without Upgrade'],
    [fake, 'wrong=upgrade', 'another protocol'],
    [fake, 'without=connection', 'without Connection'],
    [unoffered, 'with=extension', 'with an extension'],
    [unoffered, 'with=subprotocol', 'with a subprotocol'],
    [unoffered, 'with=subprotocols', 'with two subprotocols'],
  ] as const) {
    const client: Client = {
      name: 'blind to one',
      open: (route, options) =>
        (options?.path?.endsWith(fault) ? gullible : smallClient()).open(route, options),
    };
    const said = await tryCheck(check, { origin: echo(), client });
    t.match(said, { outcome: 'fail' }, fault);
    t.match(said.actualText, new RegExp(`^blind to one took a 101 [^;]*${what}`));
    t.notMatch(said.actualText, ';');
  }
});

t.test('what hops do with it is measured', async (t) => {
  const sound = await tryCheck(fake, { origin: echo(), via: [passing()], patience });
  t.match(sound, {
    outcome: 'pass',
    measured: { 'fake.wrong-accept': 'relayed', 'fake.without-upgrade': 'refused' },
  });
  const believing = await tryCheck(fake, {
    origin: echo(),
    via: [carelessHop({ sin: 'relay-any-101' })],
    patience,
  });
  t.match(believing, { outcome: 'pass', measured: { 'fake.without-upgrade': 'relayed' } });
});

t.test('catches a hop that makes a right one of it', async (t) => {
  const mending = hop((site) => ({
    switches(request, ...rest) {
      const accept = acceptValue(String(request.headers['sec-websocket-key']));
      handshake(site, {
        answer: (head) =>
          valueOf(head, 'Sec-WebSocket-Accept') === undefined
            ? { ...head, fields: [...head.fields, ['Sec-WebSocket-Accept', accept]] }
            : head,
      })(request, ...rest);
    },
  }));
  const said = await tryCheck(fake, { origin: echo(), via: [mending], patience });
  t.match(said, {
    outcome: 'fail',
    blame: 'hop',
    actualText: /without Sec-WebSocket-Accept came to the client as a right one/,
    measured: { 'fake.without-accept': 'mended', 'fake.wrong-accept': 'relayed' },
  });
});

t.test('Connection is each hop’s own to say', async (t) => {
  const saying = switching({
    answer: (head) =>
      valueOf(head, 'Connection') === undefined
        ? { ...head, fields: [...head.fields, ['Connection', 'Upgrade']] }
        : head,
  });
  t.match(await tryCheck(fake, { origin: echo(), via: [saying], patience }), {
    outcome: 'pass',
    measured: { 'fake.without-connection': 'mended' },
  });
});
