import t from 'tap';
import { WebSocket } from 'ws';
import { carelessHop } from '../proxies/careless/hop.js';
import { nginx } from '../proxies/nginx/index.js';
import { passing, stripping } from '../proxies/plain/index.js';
import { squid } from '../proxies/squid/index.js';
import { needing } from '../proxies/testing/place.js';
import { toxiproxy } from '../proxies/toxiproxy/index.js';
import sseDelay from '../scenarios/fallback/sse-delay.check.js';
import upgrade from '../scenarios/opening/upgrade.check.js';
import type { Check, Client } from './model.js';
import { echo } from './origins/echo.js';
import inProcess from './runtimes/in-process.js';
import processes from './runtimes/process.js';
import { tryCheck } from './testing/try-check.js';
import { fail, pass, skip } from './verdict.js';

t.test('in a chain the hop that did it is named, wherever it stands', async (t) => {
  const strips = { ...stripping(), name: 'stripper' };
  const chains = [
    [strips, passing(), toxiproxy()],
    [passing(), strips, toxiproxy()],
    [toxiproxy(), passing(), strips],
  ];
  for (const via of chains) {
    const { outcome, blame, changes = [], evidence } = await tryCheck(upgrade, { origin: echo(), via });
    const path = via.map(({ name }) => name).join(' → ');
    t.equal(outcome, 'fail', path);
    t.equal(blame, 'stripper', path);
    const dropped = changes.find(({ hop, name }) => hop === 'stripper' && name === 'Upgrade');
    t.equal(dropped?.kind, 'header-dropped', 'what it did is told');
    const lanes = new Set(evidence.map(({ by }) => by));
    t.ok(lanes.has(`client → ${via[0]!.name}`), 'the segments are part of the evidence');
    t.ok(lanes.has(`${via[2]!.name} → origin`));
  }
});

t.test('what is lost after the 101 is laid at its door as well', async (t) => {
  const via = [passing(), carelessHop({ sin: 'one-way' }), toxiproxy()];
  const { outcome, blame } = await tryCheck(upgrade, { origin: echo(), via });
  t.equal(outcome, 'fail');
  t.equal(blame, 'careless-hop');
});

const external = { runtimes: [processes(), inProcess()] };

t.test('a hop between our own ends is compared by what these saw', async (t) => {
  for (const [via, did] of [
    [nginx(), /^nginx dropped `Upgrade` and `Connection`; the origin saw HTTP\/1\.0 and answered 4\d\d\.$/],
    [
      nginx({ tls: true }),
      /^nginx dropped `Upgrade` and `Connection`; the origin saw HTTP\/1\.0 and answered 4/,
    ],
    [
      squid({ method: 'GET' }),
      /^squid dropped `Upgrade` and `Connection`; the origin saw HTTP\/1\.1 and answered 426/,
    ],
    [squid(), /^squid answered 403 itself \(the request never came out of it\)\.$/],
  ] as const) {
    await t.test(via.title ?? via.name, await needing(via), async (t) => {
      const finding = await tryCheck(upgrade, { origin: echo(), via: [via], ...external });
      t.match(finding, { outcome: 'fail', blame: via.name, did });
      const changes = finding.changes ?? [];
      t.ok(changes.every(({ hop }) => hop === via.name));
      if (String(did).includes('dropped')) {
        const dropped = changes.filter(({ kind }) => kind === 'header-dropped').map(({ name }) => name);
        t.match(dropped, ['Upgrade', 'Connection']);
        t.match(finding.measured, { stripped: 'Upgrade, Connection', handshake: 'refused' });
      } else t.match(changes, [{ kind: 'answered-by-hop' }]);
      const [logged] = finding.evidence.filter(({ kind, by }) => kind === 'log' && by === via.name);
      t.match(logged, { of: /^\w+$/, text: /127\.0\.0\.1:\d+/ }, 'with what it wrote of it itself');
      const lanes = new Set(finding.evidence.filter(({ kind }) => kind !== 'log').map(({ by }) => by));
      t.same(
        [...lanes].filter((by) => by.includes('→')),
        [],
        'the path is bare',
      );
    });
  }
});

t.test('what a client of a user’s own sends is recorded on its way', async (t) => {
  const client: Client = {
    name: 'a client of others',
    async open(route) {
      const token = 'f0'.repeat(6);
      const socket = new WebSocket(`${route.url}/echo?gauntlet=${token}`);
      const failure = await new Promise<string | undefined>((resolve) => {
        socket.once('open', () => resolve(undefined)).once('error', ({ message }) => resolve(message));
      });
      return {
        token,
        opened: failure === undefined,
        ...(failure !== undefined && { failure }),
        send: (data) => socket.send(data),
        next: async () => undefined,
        ended: async () => undefined,
        [Symbol.asyncDispose]: async () => socket.terminate(),
      };
    },
  };
  const opens: Check = {
    ...upgrade,
    async run(probe) {
      const { opened, failure } = await probe.open();
      return opened ? pass('open') : fail('open', failure ?? '', { blame: probe.suspect() });
    },
  };
  const broken = await tryCheck(opens, { origin: echo(), via: [stripping()], client });
  t.match(broken, {
    outcome: 'fail',
    did: /^plain-proxy dropped `Connection` and `Upgrade`; the origin saw/,
  });
  t.ok(broken.evidence.some(({ by, mark }) => by === 'client → plain-proxy' && mark === 'request'));
  const sound = await tryCheck(opens, { origin: echo(), via: [passing()], client });
  t.match(sound, { outcome: 'pass' });
});

t.test('inside of TLS as well, at either end of a chain', async (t) => {
  const strips = { ...stripping(), name: 'stripper' };
  const secure = echo({ tls: true });
  for (const via of [
    [nginx({ tls: true }), strips],
    [nginx({ tls: true, websocket: true }), strips],
    [strips, toxiproxy()],
  ]) {
    await t.test(via.map(({ name }) => name).join(' → '), await needing(via[0]!), async (t) => {
      const { did, blame, evidence } = await tryCheck(upgrade, { origin: secure, via, ...external });
      const guilty = via[0]!.title === nginx({ tls: true }).title ? 'nginx' : 'stripper';
      t.equal(blame, guilty);
      t.match(did, new RegExp(`^${guilty} dropped \`Upgrade\` and \`Connection\``));
      const last = `${via[1]!.name} → origin`;
      t.ok(evidence.some(({ by, mark, text }) => by === last && mark === 'tls' && /ClientHello/.test(text)));
      t.ok(
        evidence.some(({ by, mark }) => by === last && mark === 'request'),
        'with what was inside of it',
      );
    });
  }
});

t.test('what cannot be read between two hops may be the doing of either', async (t) => {
  const via = [passing(), nginx({ tls: true })];
  await t.test('plain → nginx', await needing(nginx()), async (t) => {
    const finding = await tryCheck(upgrade, { origin: echo(), via, ...external });
    t.match(finding, {
      blame: 'plain-proxy or nginx',
      did: /^plain-proxy or nginx dropped `Upgrade` and `Connection`; the origin saw/,
    });
  });
});

t.test('what is told is told of one fault', async (t) => {
  const strips = { ...stripping(), name: 'stripper' };
  const trying = (...paths: readonly string[]): Check => ({
    ...upgrade,
    async run(probe) {
      for (const path of paths) await probe.dial({ path });
      return fail('an upgrade', 'none', { blame: probe.suspect() });
    },
  });
  const alike = await tryCheck(trying('/echo', '/echo'), { origin: echo(), via: [strips] });
  t.match(
    alike.did,
    /^stripper dropped `Upgrade` and `Connection`; the origin saw HTTP\/1\.1 and answered 426\.$/,
  );
  const several = await tryCheck(trying('/echo', '/none'), { origin: echo(), via: [strips] });
  t.match(several, { blame: 'stripper', changes: [{ kind: 'header-dropped' }] });
  t.equal(several.did, undefined, 'which of several it is about is not known');
  const again = await tryCheck(trying('/echo?gauntlet=one', '/echo?gauntlet=one'), {
    origin: echo(),
    via: [strips],
  });
  t.equal(again.did, undefined, 'nor which connection is meant where two have one token');
  t.equal(again.changes, undefined);
});

t.test('what was skipped for what the path did is explained', async (t) => {
  const skipping = (why: string): Check => ({
    ...upgrade,
    async run(probe) {
      await probe.dial();
      return skip(why);
    },
  });
  const at = { origin: echo(), via: [stripping()] };
  const refused = await tryCheck(skipping('no baseline here: refused with 426'), at);
  t.match(refused, { outcome: 'skip', did: /dropped `Upgrade`/, changes: [{ kind: 'header-dropped' }] });
  const absent = await tryCheck(skipping('there is no forward proxy on this path'), at);
  t.notOk(absent.did ?? absent.changes);
});

t.test('a stream by a library of others is followed as well', async (t) => {
  await t.test('nginx', await needing(nginx()), async (t) => {
    const finding = await tryCheck(sseDelay, { origin: echo(), via: [nginx()], ...external });
    t.match(finding, { outcome: 'fail', did: /^nginx held the answer's body back for [\d,]+ ms/ });
    t.type(finding.measured?.bufferedMs, 'number');
  });
});

t.test('what others asked the origin is not taken for what the hop did with this', async (t) => {
  const asks: Check = {
    ...upgrade,
    async run(probe) {
      await fetch(`${probe.route.url.replace(/^ws/, 'http')}/`);
      const { failure } = await probe.dial();
      return fail('a tunnel', String(failure), { blame: probe.suspect() });
    },
  };
  await t.test('squid', await needing(squid()), async (t) => {
    const finding = await tryCheck(asks, { origin: echo(), via: [squid()], ...external });
    t.match(finding.did, /^squid answered 403 itself \(the request never came out of it\)\.$/);
  });
});

t.test('where nothing broke nobody is blamed', async (t) => {
  const finding = await tryCheck(upgrade, { origin: echo(), via: [passing(), toxiproxy()] });
  t.match(finding, { outcome: 'pass' });
  t.notOk(finding.blame);
  t.notOk(finding.changes);
});
