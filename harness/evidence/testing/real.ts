import type { Test } from 'tap';
import { place } from '../../../proxies/testing/place.js';
import { dial } from '../../clients/dial.js';
import { ask } from '../../clients/http.js';
import type { TappedPlace } from '../../lab.js';
import type { DialOptions, Intermediary, Peer, Route } from '../../model.js';
import { frame } from '../../protocol/index.js';
import { type Blame, type BlameOptions, blame, type Point } from '../blame.js';
import { findPoint } from '../find.js';
import { startTap, type Tap } from '../relay.js';

/** A real path with a tap on every segment, the ends' own included. */
export interface RealPath {
  route: Route;
  hops: string[];
  /** One attempt with what is done on it; the sides of its connection, once it is over or was watched long enough. */
  attempt(options: DialOptions, act?: (peer: Peer) => Promise<unknown>): Promise<Point[]>;
  blame(points: Point[], options?: BlameOptions): Blame | undefined;
  /** The same for a plain request. */
  ask(path: string, withinMs: number): Promise<Point[]>;
}

export async function realPath(t: Test, via: readonly Intermediary[]): Promise<RealPath> {
  const far = await place(t, []);
  const last = await tapTo(t, far.route.url, 'origin');
  const near = (await place(t, via, `ws://127.0.0.1:${last.address.port}`)) as TappedPlace;
  const { route } = near;
  const front = new URL(route.proxy ?? route.url);
  const tap = await tapTo(t, front.href, 'client');
  front.port = String(tap.address.port);
  const tapped = { ...route, [route.proxy ? 'proxy' : 'url']: front.href.replace(/\/$/, '') };
  const hops = near.hops.map(({ intermediary }, index) => `${intermediary.name} ${index + 1}`);
  const sides = async (token: string, from: number): Promise<Point[]> => {
    // What is still under way gets through first.
    await new Promise((resolve) => setTimeout(resolve, 40));
    const before = near.hops.map(({ service: { address } }) =>
      near.taps.find(({ upstream }) => upstream.port === address.port),
    );
    const taps = [before[0] ?? tap, ...before.slice(1), ...(hops.length > 0 ? [last] : [])];
    return taps.map((tap) => tap && findPoint(tap, token, [from, performance.now()]));
  };
  return {
    route: tapped,
    hops,
    blame: (points, options) => blame(points, hops, options),
    async attempt(options, act = async () => {}) {
      const from = performance.now();
      await using attempt = await dial(tapped, { answerMs: 1500, ...options });
      if (attempt.peer) await act(attempt.peer);
      return sides(attempt.token, from);
    },
    async ask(path, withinMs) {
      const from = performance.now();
      const token = Math.random().toString(36).slice(2);
      await ask(tapped, `${path}${path.includes('?') ? '&' : '?'}gauntlet=${token}`, {
        withinMs,
        headers: [['Accept', 'text/event-stream']],
      });
      return sides(token, from);
    },
  };
}

async function tapTo(t: Test, url: string, segment: string): Promise<Tap> {
  const { hostname: host, port } = new URL(url);
  const upstream = { host, port: Number(port) };
  const tap = await startTap({ listen: { host: '127.0.0.1', port: 0 }, upstream, segment });
  t.teardown(() => tap[Symbol.asyncDispose]());
  return tap;
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Texts with their echoes, short and long, a fragmented one, a ping, and a Close. */
export async function converse(peer: Peer): Promise<void> {
  for (const payload of ['one', 'two'.padEnd(300, '.'), 'three']) {
    peer.send(frame({ opcode: 'text', payload, mask: true }));
    await peer.until(({ payload: seen }) => Buffer.from(seen).toString() === payload, 400);
  }
  peer.send(
    Buffer.concat([
      frame({ opcode: 'text', payload: 'fo', fin: false, mask: true }),
      frame({ opcode: 'continuation', payload: 'ur', mask: true }),
    ]),
  );
  await peer.until(({ payload }) => Buffer.from(payload).toString() === 'four', 400);
  peer.send(frame({ opcode: 'ping', payload: 'p', mask: true }));
  await peer.until(({ opcode }) => opcode === 10, 400);
  await wait(20);
  peer.send(frame({ opcode: 'close', payload: Uint8Array.of(3, 0xe8), mask: true }));
  await peer.farewell(600);
}
