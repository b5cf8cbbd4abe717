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

/** How many connections `answersOf` makes. */
export const CONNECTIONS = 7;
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

/** What the server answers to the baseline’s handshake, and to requests that it cannot serve; measured once for a place. */
export const answersOf = (probe: Probe): Promise<readonly Answer[]> =>
  probe.once('leaks/answers', async () => {
    const { headers } = await probe.acquaintance();
    const answers: Answer[] = [{ asked: 'the handshake', status: 101, headers, body: '' }];
    for (const [asked, options] of WRONG) {
      const answer = await refused(probe, options);
      if (answer) answers.push({ asked, ...answer });
    }
    const { path } = probe.target;
    const paths: [string, string][] = [
      ['a plain GET of the path', path],
      ['a path that there is not', `/${randomBytes(6).toString('hex')}`],
      ['a path with a broken encoding', '/%c0%ae%zz'],
    ];
    const withinMs = probe.patience.answerMs;
    for (const [asked, one] of paths) {
      const { status, headers: fields, body } = await probe.http(one, { withinMs });
      if (status !== undefined)
        answers.push({ asked, status, headers: fields, body: body.slice(0, MOST_BODY) });
    }
    return answers;
  });

/** Those that are errors. */
export const errorsOf = async (probe: Probe): Promise<Answer[]> =>
  (await answersOf(probe)).filter(({ status }) => status >= 400);

async function refused(probe: Probe, options: DialOptions): Promise<Omit<Answer, 'asked'> | undefined> {
  await using made = await probe.dial(options);
  const { answer, peer, handshake } = made;
  if (!answer || !peer || handshake !== 'refused') return undefined;
  const { status, headers } = answer;
  const length = Number(headers.find(([name]) => /^content-length$/i.test(name))?.[1] ?? MOST_BODY);
  const body = await peer.octets(Math.min(length || 0, MOST_BODY), BODY_MS);
  return { status, headers, body: Buffer.from(body.subarray(0, MOST_BODY)).toString() };
}
