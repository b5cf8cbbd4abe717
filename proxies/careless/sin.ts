import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Transform } from 'node:stream';
import type { Site } from '../../harness/model.js';
import type { RequestHead, ResponseHead } from '../../harness/protocol/index.js';

/** The ends of an open tunnel. */
export interface Wire {
  toClient(octets: Uint8Array): void;
  toOrigin(octets: Uint8Array): void;
  /** Closes both with FIN, and nothing said. */
  drop(): void;
}

/** What is done with the octets of a tunnel. They pass unchanged where there is nothing. */
export interface Ways {
  up?(octets: Buffer): void;
  down?(octets: Buffer): void;
}

/** What one careless hop does otherwise than a sound one. */
export interface Sin {
  /** Upgrade tokens that it passes on besides `websocket`, in lower case. */
  passes?: readonly string[];
  /** A handshake's head as it goes on, either way. */
  request?(head: RequestHead, asked: IncomingMessage): RequestHead;
  answer?(head: ResponseHead): ResponseHead;
  /** Whether a tunnel follows this answer. A sound one wants a 101 that says Upgrade. */
  tunnels?(head: ResponseHead): boolean;
  /** What came behind a handshake's head is forgotten. */
  forgetsEarly?: boolean;
  /** What came behind the answer's head is forgotten. */
  forgetsAhead?: boolean;
  /** What ends on one side of a tunnel stays open on the other. */
  keepsEnds?: boolean;
  /** The origin's FIN comes to the client as RST. */
  resetsClient?: boolean;
  tunnel?(wire: Wire): Ways;
  /** Of plain requests: hands on a 101 that nobody asked for. */
  believes101?: boolean;
  /** Of plain requests: answers by itself if it says so; changes an answer's body on its way. */
  answers?(request: IncomingMessage, response: ServerResponse): boolean;
  through?(request: IncomingMessage, answer: IncomingMessage): Transform | undefined;
}

export interface SinOptions {
  /** How much is let pass before it sins: octets of a payload. */
  over: number;
  delayMs: number;
}

/** The default export of a file in `sins/`: called once for each hop. */
export type MakeSin = (options: SinOptions, site: Site) => Sin;
