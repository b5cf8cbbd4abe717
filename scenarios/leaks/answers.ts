import { randomBytes } from 'node:crypto';
import type { DialOptions, Field, Probe } from '../../harness/model.js';

/** An answer of HTTP, and what was asked for it. */
export interface Answer {
  asked: string;
  status: number;
  headers: readonly Field[];
  /** Its first octets, as text. */
  body: string;
}

/** What `answersOf` needs. */
export const BUDGET = { connections: 6, atOnce: 6 };
const MOST_BODY = 16 * 1024;
const BODY_MS = 300;

/** Handshakes with something wrong, as a buggy client might send them. */
const WRONG: readonly [asked: string, options: DialOptions][] = [
  ['a handshake without a key', { change: { 'Sec-WebSocket-Key': undefined } }],
  ['a handshake of version 99', { change: { 'Sec-WebSocket-Version': '99' } }],
  [
    'a handshake with an offer that means nothing',
    { extensions: 'permessage-deflate; server_max_window_bits=99' },
  ],
];

/** Plain requests; the target’s own path where none is said. */
const PATHS: readonly [asked: string, path: string | undefined][] = [
  ['a plain GET of the path', undefined],
  ['a path that there is not', `/${randomBytes(6).toString('hex')}`],
  ['a path with a broken encoding', '/%c0%ae%zz'],
];

/** What the server answers to the baseline’s handshake, and to requests that it cannot serve; measured once for a place. */
export const answersOf = (probe: Probe): Promise<readonly Answer[]> =>
  probe.once('leaks/answers', async () => {
    const { headers } = await probe.acquaintance();
    const first: Answer = { asked: 'the handshake', status: 101, headers, body: '' };
    const others = await Promise.all([
      ...WRONG.map(([asked, options]) => refused(probe, asked, options)),
      ...PATHS.map(([asked, path]) => plain(probe, asked, path ?? probe.target.path)),
    ]);
    return [first, ...others.filter((one) => one !== undefined)];
  });

/** Those that are errors. */
export const errorsOf = async (probe: Probe): Promise<Answer[]> =>
  (await answersOf(probe)).filter(({ status }) => status >= 400);

async function refused(probe: Probe, asked: string, options: DialOptions): Promise<Answer | undefined> {
  await using made = await probe.dial(options);
  const { answer, peer, handshake } = made;
  if (!answer || !peer || handshake !== 'refused') return undefined;
  const { status, headers } = answer;
  const length = Number(headers.find(([name]) => /^content-length$/i.test(name))?.[1] ?? MOST_BODY);
  const body = await peer.octets(Math.min(length || 0, MOST_BODY), BODY_MS);
  return { asked, status, headers, body: Buffer.from(body.subarray(0, MOST_BODY)).toString() };
}

async function plain(probe: Probe, asked: string, path: string): Promise<Answer | undefined> {
  const { status, headers, body } = await probe.http(path, { withinMs: probe.patience.answerMs });
  return status === undefined ? undefined : { asked, status, headers, body: body.slice(0, MOST_BODY) };
}
