import { acceptValue, frame } from '../../protocol/index.js';
import type { Point } from '../blame.js';
import type { Side, Way } from '../side.js';
import { type Step, sideFrom } from './side.js';

/** Something seen in one direction: octets, `FIN` or `RST`. */
export type Item = readonly [at: number, what: string | Uint8Array];

/** What a hop makes of a direction; nothing where it passes all on. */
export interface Fault {
  up?: (items: Item[]) => Item[];
  down?: (items: Item[]) => Item[];
}

export const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
export const HOPS = ['first', 'second', 'third'];
const MASK = Uint8Array.of(1, 2, 3, 4);

export const ask = (more = '') =>
  'GET /echo?gauntlet=5f3a HTTP/1.1\r\nHost: gauntlet.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  `Sec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Version: 13\r\n${more}\r\n`;
export const give = (more = '') =>
  `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptValue(KEY)}\r\n${more}\r\n`;

type Payload = string | Uint8Array;
type Opcode = 'text' | 'binary' | 'ping' | 'pong' | 'close' | 'continuation';
/** From a client. */
export const masked = (opcode: Opcode, payload: Payload = '', more = {}) =>
  frame({ opcode, payload, mask: MASK, ...more });
/** From a server. */
export const bare = (opcode: Opcode, payload: Payload = '', more = {}) => frame({ opcode, payload, ...more });
export const CLOSE_1000 = Uint8Array.of(3, 0xe8);

/**
 * The sides of a path of three hops, each of which passes everything on 1 ms later; `fault` is what one of them does
 * instead. A side on which nothing crossed is not there.
 */
export function pathOfThree(
  client: readonly Item[],
  origin: readonly Item[],
  at?: number,
  fault: Fault = {},
): Point[] {
  const up: Item[][] = [[...client]];
  for (let hop = 0; hop < 3; hop++) up.push(pass(up[hop]!, hop === at ? fault.up : undefined));
  const down: Item[][] = [];
  down[3] = [...origin];
  for (let hop = 2; hop >= 0; hop--) down[hop] = pass(down[hop + 1]!, hop === at ? fault.down : undefined);
  return up.map((items, index) => sideOfItems(`side ${index}`, items, down[index]!));
}

function sideOfItems(name: string, up: readonly Item[], down: readonly Item[]): Side | undefined {
  if (up.length === 0 && down.length === 0) return undefined;
  const steps = (way: Way, items: readonly Item[]) => items.map(([at, what]): Step => [at, way, what]);
  return sideFrom(name, [...steps('up', up), ...steps('down', down)], 20_000);
}

const pass = (items: Item[], change: Fault['up']) =>
  (change ? change(items) : items).map(([at, what]): Item => [at + 1, what]);

/** Puts text of heads otherwise. */
export const rewriting =
  (...changes: readonly (readonly [from: string | RegExp, to: string])[]) =>
  (items: Item[]): Item[] =>
    items.map(([at, what]) => {
      if (typeof what !== 'string' || what === 'FIN' || what === 'RST') return [at, what];
      return [at, changes.reduce((text, [from, to]) => text.replace(from, to), what)];
    });

/** Nothing after `at`, but what is given. */
export const cutAt =
  (at: number, ...instead: readonly (string | Uint8Array)[]) =>
  (items: Item[]): Item[] => [
    ...items.filter((item) => item[0] < at),
    ...instead.map((what): Item => [at, what]),
  ];

/** One item otherwise, or in several, or not at all. */
export const replacing =
  (index: number, ...instead: readonly (string | Uint8Array)[]) =>
  (items: Item[]): Item[] =>
    items.flatMap((item, own) => (own === index ? instead.map((what): Item => [item[0], what]) : [item]));

export const late =
  (ms: number) =>
  (items: Item[]): Item[] =>
    items.map(([at, what]) => [at + ms, what]);
