import t from 'tap';
import { blame } from '../blame.js';
import { ask, bare, CLOSE_1000, type Fault, give, HOPS, type Item, masked, pathOfThree } from './path.js';

/** A fault of one hop, and what has to be said of it. */
export interface Case {
  name: string;
  client: readonly Item[];
  origin: readonly Item[];
  fault: Fault;
  kind: string;
  why: RegExp;
  /** What the origin would have sent without the fault, and the client. */
  sound?: { client?: readonly Item[]; origin?: readonly Item[] };
}

// A sound conversation: handshake, a text and its echo, a ping and its pong, another echo, a Close both ways.
export const UP: readonly Item[] = [
  [0, ask()],
  [100, masked('text', 'one')],
  [1000, masked('ping', 'p1')],
  [2000, masked('text', 'two')],
  [3000, masked('text', 'three')],
  [5000, masked('close', CLOSE_1000)],
  [5030, 'FIN'],
];
export const DOWN: readonly Item[] = [
  [10, give()],
  [110, bare('text', 'one')],
  [1010, bare('pong', 'p1')],
  [2010, bare('text', 'two')],
  [3010, bare('text', 'three')],
  [5010, bare('close', CLOSE_1000)],
  [5020, 'FIN'],
];
export const socket = { client: UP, origin: DOWN };

export const nothing = () => [];
export const status = (line: string) => `HTTP/1.1 ${line}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
/** Each at each place of a chain of three names that hop, with proof; without the fault nobody is named. */
export function judge(cases: readonly Case[]): void {
  for (const { name, client, origin, fault, kind, why, sound } of cases) {
    t.test(name, (t) => {
      for (const [index, hop] of HOPS.entries()) {
        const found = blame(pathOfThree(client, origin, index, fault), HOPS);
        t.match(found, { hop, kind, why }, `as the ${hop} of three: ${found?.why ?? 'nobody'}`);
        t.ok((found?.refs.length ?? 0) > 0, 'and the octets that show it');
      }
      const points = pathOfThree(sound?.client ?? client, sound?.origin ?? origin);
      t.equal(blame(points, HOPS)?.why, undefined, 'nobody, without the fault');
      t.end();
    });
  }
}
