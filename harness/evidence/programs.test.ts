import t from 'tap';
import { mockttp } from '../../proxies/mockttp/index.js';
import { nginx } from '../../proxies/nginx/index.js';
import { passing } from '../../proxies/plain/index.js';
import { squid } from '../../proxies/squid/index.js';
import { needing } from '../../proxies/testing/place.js';
import { toxiproxy } from '../../proxies/toxiproxy/index.js';
import type { DialOptions, Intermediary, Peer } from '../model.js';
import { frame } from '../protocol/index.js';
import type { BlameOptions } from './blame.js';
import { converse, realPath } from './testing/real.js';

/** What real programs do, alone and at each place of a chain of three that they can take. */
interface Case {
  name: string;
  hop(): Intermediary;
  /** Nobody, when absent. */
  why?: RegExp;
  dial?: DialOptions;
  act?: (peer: Peer) => Promise<unknown>;
  /** A plain request instead. */
  asks?: string;
  options?: BlameOptions;
}

const CASES: readonly Case[] = [
  {
    name: 'nginx as it comes',
    hop: () => nginx(),
    why: /spoke HTTP\/1\.0|dropped `(?:Upgrade|Connection)`/,
  },
  { name: 'nginx that forwards Upgrade', hop: () => nginx({ websocket: true }) },
  {
    name: 'nginx that cuts what is silent',
    hop: () => nginx({ websocket: true, readTimeout: 1500 }),
    why: /ended the connection first, after [\d,]+ ms of silence: a FIN to the client, a FIN to what is behind it/,
    act: (peer) => peer.farewell(8000),
  },
  {
    name: 'nginx that gives up',
    hop: () => nginx({ readTimeout: 400 }),
    why: /answered 504 itself when what is behind it had not answered for [\d,]+ ms/,
    asks: '/hang',
  },
  {
    name: 'nginx that buffers',
    hop: () => nginx({ buffering: true }),
    why: /held the answer's body back/,
    asks: '/live?session=a&every=100&count=8',
    options: { slowMs: 150 },
  },
  {
    name: 'nginx that does not buffer',
    hop: () => nginx({ buffering: false }),
    asks: '/live?session=a&every=100&count=8',
    options: { slowMs: 150 },
  },
  { name: 'nginx as a TCP relay', hop: () => nginx({ stream: true }) },
  {
    name: 'squid as an accelerator',
    hop: () => squid({ mode: 'accelerator' }),
    why: /dropped `(?:Upgrade|Connection)`/,
  },
  { name: 'squid that passes Upgrade', hop: () => squid({ mode: 'accelerator', upgrade: true }) },
  {
    name: 'squid that cuts what is silent',
    hop: () => squid({ mode: 'accelerator', upgrade: true, readTimeout: 1000 }),
    // Where its timer fires while it switches protocols, it writes an error page into the WebSocket before it hangs up.
    why: /ended the connection first|wrote an HTTP answer \(504\) into the WebSocket/,
    act: (peer) => peer.farewell(5000),
  },
];

/** Forward proxies go first, or behind what is transparent. */
const FORWARD: readonly Case[] = [
  {
    name: 'squid whose rules deny the port',
    hop: () => squid(),
    why: /answered 403 itself \(the request never came out of it\)/,
  },
  { name: 'squid, asked by CONNECT', hop: () => squid({ connect: 'any' }) },
  {
    name: 'squid, asked by GET',
    hop: () => squid({ method: 'GET' }),
    why: /dropped `(?:Upgrade|Connection)`/,
  },
  { name: 'mockttp that rejects', hop: () => mockttp({ mode: 'reject' }), why: /answered 403 itself/ },
  {
    name: 'mockttp, which answers pings as well',
    hop: () => mockttp(),
    why: /answered a ping from the client itself although it passed it on/,
  },
  {
    name: 'mockttp that merges fragments, asked after',
    hop: () => mockttp(),
    why: /merged the 2 frames of a message from the client into one/,
    options: { about: ['frames-merged'] },
  },
  {
    name: 'mockttp that blocks a word',
    hop: () => mockttp({ block: 'forbidden' }),
    why: /ended the connection first.*a Close 1008 to the client|dropped a text/,
    act: async (peer) => {
      peer.send(frame({ opcode: 'text', payload: 'forbidden', mask: true }));
      await peer.farewell(1000);
    },
  },
];

const reverse = (index: number, hop: Intermediary) => {
  const via: Intermediary[] = [passing(), passing(), passing()];
  via[index] = hop;
  return via;
};

/** By the programs themselves it takes seconds to start and stop. */
t.jobs = 2;

async function judge(
  t: Parameters<typeof realPath>[0],
  { why, dial = {}, act = converse, asks, options }: Case,
  via: readonly Intermediary[],
  index: number,
): Promise<void> {
  const path = await realPath(t, via);
  const points = asks ? await path.ask(asks, 1500) : await path.attempt(dial, act);
  const found = path.blame(points, options);
  const said = `${path.hops.join(', ')}: ${found?.why ?? 'nobody'}`;
  if (why) t.match(found, { hop: path.hops[index], why }, said);
  else t.equal(found?.why, undefined, said);
}

for (const one of CASES) {
  t.test(one.name, { ...(await needing(one.hop())), buffered: true }, async (t) => {
    await Promise.all([
      judge(t, one, [one.hop()], 0),
      ...[0, 1, 2].map((index) => judge(t, one, reverse(index, one.hop()), index)),
    ]);
  });
}

for (const one of FORWARD) {
  t.test(one.name, { ...(await needing(one.hop())), buffered: true }, async (t) => {
    await Promise.all([
      judge(t, one, [one.hop()], 0),
      judge(t, one, [one.hop(), passing(), toxiproxy()], 0),
      judge(t, one, [toxiproxy(), one.hop(), passing()], 1),
      judge(t, one, [toxiproxy(), toxiproxy(), one.hop()], 2),
    ]);
  });
}
