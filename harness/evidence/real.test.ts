import t from 'tap';
import { type CarelessOptions, carelessHop, type HopSin } from '../../proxies/careless/hop.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import { type ToxicSpec, toxiproxy } from '../../proxies/toxiproxy/index.js';
import type { DialOptions, Intermediary, Peer } from '../model.js';
import { frame } from '../protocol/index.js';
import type { BlameOptions } from './blame.js';
import { converse, type RealPath, realPath } from './testing/real.js';

/** Faults that real programs are made to commit, alone and at each place in a chain of three. */
interface Fault {
  name: string;
  hop(): Intermediary;
  why: RegExp;
  dial?: DialOptions;
  act?: (peer: Peer) => Promise<unknown>;
  options?: BlameOptions;
  /** Where it does any harm, when that is not everywhere. */
  at?: readonly string[];
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const DEFLATE = { path: '/deflate', extensions: 'permessage-deflate' };

t.jobs = 3;
const careless = (
  sin: HopSin,
  why: RegExp,
  more: Partial<Fault> & { with?: Partial<CarelessOptions> } = {},
): Fault => ({
  name: `a careless hop: ${sin}`,
  hop: () => carelessHop({ sin, ...more.with }),
  why,
  ...more,
});
const toxic = (
  name: string,
  toxics: readonly ToxicSpec[],
  why: RegExp,
  more: Partial<Fault> = {},
): Fault => ({
  name: `toxiproxy: ${name}`,
  hop: () => toxiproxy({ toxics }),
  why,
  ...more,
});

/** Long enough for a silence to count. */
const SLOW = { options: { slowMs: 150 } };

const FAULTS: readonly Fault[] = [
  {
    name: 'a stripper',
    hop: () => stripping(),
    why: /dropped `Upgrade`|rewrote `Connection`|dropped `Connection`/,
  },
  {
    name: 'an idle cut',
    hop: () => passing({ idleMs: 1500 }),
    why: /ended the connection first, after [\d,]+ ms of silence: a FIN to the client, a FIN to what is behind it/,
    act: (peer) => peer.farewell(8000),
  },
  careless('accept-then-close', /ended the connection first/, { act: (peer) => peer.farewell(500) }),
  careless('corrupt', /changed a text from behind it/),
  careless('truncate', /made 125 octets of a text of 300 from behind it/),
  careless('duplicate', /sent a text from behind it again/),
  careless('reorder', /come out of turn|delayed/, {
    dial: { path: '/push?every=20' },
    act: () => wait(400),
  }),
  careless('one-way', /dropped a text from the client/),
  careless('drop-early', /dropped a text from the client/, {
    dial: { early: frame({ opcode: 'text', payload: 'early', mask: true }) },
    // A hop before it takes the frame from the head, and nothing comes early any more.
    at: ['alone', 'first of three'],
  }),
  careless('drop-pings', /dropped a ping from the client/, SLOW),
  careless('swallow-pings', /answered a ping from the client itself and did not pass it on/),
  careless('second-pong', /answered a ping from the client itself although it passed it on/),
  // A hop behind it speaks HTTP/1.1 again.
  careless('rewrite-version', /spoke HTTP\/1\.0 instead of HTTP\/1\.1/, {
    at: ['alone', 'third of three'],
  }),
  careless('polite-refusals', /answered 200 where it was answered 404/, { dial: { path: '/status/404' } }),
  careless('strip-subprotocol', /dropped `Sec-WebSocket-Protocol`/, { dial: { subprotocols: ['chat'] } }),
  careless('strip-agreement', /dropped `Sec-WebSocket-Extensions` in the answer/, { dial: DEFLATE }),
  careless('rewrite-close', /did not pass on a Close 1000 from the client/),
  careless('delay', /delayed what went (up|down) by \d+ ms/, {
    with: { delayMs: 200 },
    options: { slowMs: 150 },
  }),
  careless('reject-unmasked', /a Close 1002 to the client/, {
    act: async (peer) => {
      peer.send(frame({ opcode: 'text', payload: 'bare' }));
      await peer.farewell(500);
    },
  }),
  careless('swallow-unmasked', /dropped a text from the client/, {
    act: async (peer) => {
      peer.send(frame({ opcode: 'text', payload: 'bare' }));
      await wait(400);
    },
  }),
  careless('remask', /masked frames from the client that were not/, {
    act: async (peer) => {
      peer.send(frame({ opcode: 'text', payload: 'bare' }));
      await wait(100);
    },
  }),
  careless('clear-rsv', /changed the RSV bits of frames from the client from 4 to 0/, {
    dial: DEFLATE,
    act: async (peer) => {
      // "Hello", compressed: RFC 7692 §7.2.3.1.
      peer.send(frame({ opcode: 'text', rsv: 4, payload: Buffer.from('f248cdc9c90700', 'hex'), mask: true }));
      await wait(100);
    },
  }),
  toxic('latency', [{ type: 'latency', attributes: { latency: 300 } }], /delayed what went down by \d+ ms/),
  toxic(
    'timeout, which swallows and then closes',
    [{ type: 'timeout', stream: 'upstream', attributes: { timeout: 400 } }],
    /ended the connection \(a FIN\) without an answer|ended the connection first|lost/,
  ),
  toxic('limit_data', [{ type: 'limit_data', attributes: { bytes: 300 } }], /ended the connection first/),
  toxic('reset_peer', [{ type: 'reset_peer', attributes: { timeout: 200 } }], /an RST/, {
    act: (peer) => peer.farewell(1500),
  }),
  toxic(
    'slow_close',
    [{ type: 'slow_close', stream: 'upstream', attributes: { delay: 500 } }],
    /passed on the client's FIN \d+ ms late/,
    {
      act: async (peer) => {
        await peer.echo();
        peer.end();
        await wait(900);
      },
    },
  ),
];

const LENGTHS = [
  ['alone', 1, 0],
  ['first of three', 3, 0],
  ['second of three', 3, 1],
  ['third of three', 3, 2],
] as const;

const sound = (count: number) => Array.from({ length: count }, () => passing());

for (const { name, hop, why, dial = {}, act = converse, options, at } of FAULTS) {
  t.test(name, { timeout: 60_000, buffered: true }, async (t) => {
    await Promise.all(
      LENGTHS.map(async ([where, count, index]) => {
        const via = sound(count);
        via[index] = hop();
        const path = await realPath(t, via);
        const points = await path.attempt(dial, act);
        const found = path.blame(points, options);
        const said = `${where}: ${found?.why ?? 'nobody'}`;
        if (at?.includes(where) === false) t.equal(found?.why, undefined, said);
        else t.match(found, { hop: path.hops[index], why }, said);
      }),
    );
  });
}

const noBlame = async (
  t: Parameters<typeof realPath>[0],
  path: RealPath,
  fault: Pick<Fault, 'dial' | 'act' | 'options'>,
) => {
  const points = await path.attempt(fault.dial ?? {}, fault.act ?? converse);
  t.equal(path.blame(points, fault.options)?.why, undefined, path.hops.join(', '));
  t.ok(
    points.every((point) => point !== undefined),
    'and every segment was recorded',
  );
};

t.test('nobody is to blame where nothing is wrong', { timeout: 60_000 }, async (t) => {
  for (const via of [[], sound(3), [toxiproxy(), passing(), toxiproxy()]]) {
    const path = await realPath(t, via);
    await noBlame(t, path, {});
    await noBlame(t, path, { dial: DEFLATE });
    await noBlame(t, path, { dial: { subprotocols: ['chat'] } });
    await noBlame(t, path, { act: (peer) => peer.farewell(300) });
    await noBlame(t, path, { act: async (peer) => peer.reset() });
    await noBlame(t, path, { dial: { path: '/push?every=20' }, act: () => wait(300) });
  }
});

t.test('the origin is, where it is', async (t) => {
  const path = await realPath(t, sound(3));
  t.match(path.blame(await path.attempt({ path: '/rst' }, (peer) => peer.farewell(500))), { hop: 'origin' });
  t.match(path.blame(await path.attempt({ path: '/status/403' })), { hop: 'origin', why: /answered 403/ });
  t.equal(path.blame(await path.attempt({ path: '/close' }, (peer) => peer.farewell(500))), undefined);
});

t.test('what TLS hides is not guessed at', { timeout: 60_000 }, async (t) => {
  const path = await realPath(t, [passing({ tls: true }), passing(), passing()]);
  await noBlame(t, path, {});
  await noBlame(t, path, { dial: { path: '/status/403' } });
  await noBlame(t, path, { dial: { path: '/status/200' } });
  const stripped = await realPath(t, [passing({ tls: true }), stripping(), passing()]);
  t.match(stripped.blame(await stripped.attempt({}))?.hop ?? 'nobody', /^(nobody|plain-proxy 2)$/);
});
