import type { Evidence, HopChange } from '../../harness/model.js';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const MASK = '37fa213d';

const base64 = (text: string, encoding: BufferEncoding = 'latin1') =>
  Buffer.from(text, encoding).toString('base64');

const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`;

const REQUEST = [
  'GET /echo?gauntlet=3f9a HTTP/1.1',
  'Host: gauntlet.test',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Key: ${KEY}`,
  'Sec-WebSocket-Version: 13',
] as const;
const ANSWER = [
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
] as const;

/** As nginx passes it on: another Host, the connection told in lower case, one field more. */
const REQUEST_BEHIND = [
  REQUEST[0],
  'Host: 127.0.0.1:8080',
  'X-Forwarded-For: 127.0.0.1',
  REQUEST[2],
  'Connection: upgrade',
  ...REQUEST.slice(4),
];
const ANSWER_BEHIND = [ANSWER[0], 'Server: nginx/1.22.1', ...ANSWER.slice(1)];

const head = (at: number, by: string, kind: 'sent' | 'received', all: readonly string[]): Evidence => ({
  at,
  by,
  kind,
  text: all[0]!,
  bytes: base64(lines(...all)),
  mark: all[0]!.startsWith('HTTP/') ? 'response' : 'request',
  of: '3f9a',
});

const WORDS: Readonly<Record<number, string>> = { 1: 'text', 8: 'close', 9: 'ping', 10: 'pong' };

/** A frame as a recorder tells it: fields of its header, payload without its mask. */
export function frameEntry(
  at: number,
  by: string,
  kind: 'sent' | 'received',
  opcode: number,
  payload: string,
  masked = (kind === 'sent') === (by !== 'origin'),
): Evidence {
  const octets = Buffer.byteLength(payload, 'latin1');
  return {
    at,
    by,
    kind,
    text: `frame ${WORDS[opcode] ?? opcode}${masked ? '' : ' unmasked'} ${octets} octets`,
    ...(octets > 0 && { bytes: base64(payload) }),
    mark: 'frame',
    frame: { fin: true, rsv: 0, opcode, masked, octets, ...(masked && { mask: MASK }) },
    of: '3f9a',
  };
}

const end = (at: number, by: string, kind: 'sent' | 'received', mark: 'fin' | 'rst'): Evidence => ({
  at,
  by,
  kind,
  text: mark.toUpperCase(),
  mark,
  of: '3f9a',
});

const opened = (at: number): Evidence[] => [
  { at, by: 'client', kind: 'note', text: 'TCP connected to 127.0.0.1:43121', mark: 'connect', of: '3f9a' },
  head(at + 0.21, 'client', 'sent', REQUEST),
  head(at + 1.4, 'origin', 'received', REQUEST_BEHIND),
  head(at + 1.9, 'origin', 'sent', ANSWER),
  head(at + 2.6, 'client', 'received', ANSWER_BEHIND),
  frameEntry(at + 3, 'client', 'sent', 1, 'Hello'),
  frameEntry(at + 4.2, 'client', 'received', 1, 'Hello'),
];

/** One connection: the handshake, an echo, two seconds of silence, the cut; and what the hop to blame logged. */
export function wire(at: number, blame: string | undefined): Evidence[] {
  const log = {
    at: at + 2007.5,
    by: blame ?? '',
    kind: 'log' as const,
    text: '[info] upstream timed out',
    of: '3f9a',
  };
  return [...opened(at), ...(blame ? [log] : []), end(at + 2008.1, 'client', 'received', 'fin')];
}

/** A baseline, and after it a connection over which a ping went without its mask and was answered. */
export function unmaskedPing(at: number): Evidence[] {
  const second = opened(at + 40).map((entry) => ({ ...entry, of: '71c2' }));
  const late = [
    frameEntry(at + 46, 'client', 'sent', 9, 'p', false),
    frameEntry(at + 47, 'origin', 'received', 9, 'p', false),
    frameEntry(at + 47.2, 'origin', 'sent', 10, 'p'),
    frameEntry(at + 48, 'client', 'received', 10, 'p'),
  ].map((entry) => ({ ...entry, of: '71c2' }));
  return [...opened(at), end(at + 30, 'client', 'sent', 'fin'), ...second, ...late];
}

/** Server pings that never leave the second hop, seen between both hops too; the first hop cuts. */
export function serverPings(at: number): Evidence[] {
  const segment = 'squid → nginx';
  const pings = [1000, 2000, 3000].flatMap((later, i) => [
    frameEntry(at + later, 'origin', 'sent', 9, `n${i}`),
    frameEntry(at + later + 0.6, segment, 'received', 9, `n${i}`),
  ]);
  return [
    ...opened(at),
    head(at + 0.8, segment, 'sent', REQUEST),
    head(at + 2.2, segment, 'received', ANSWER_BEHIND),
    ...pings,
    { at: at + 3104, by: 'squid', kind: 'log', text: '[info] upstream timed out', of: '3f9a' },
    end(at + 3104.2, segment, 'sent', 'rst'),
    end(at + 3104.6, 'origin', 'received', 'rst'),
    end(at + 3105, 'client', 'received', 'fin'),
  ];
}

/** What nginx does to a handshake that it was not told about. */
export const stripping: readonly HopChange[] = [
  {
    hop: 'nginx',
    kind: 'header-dropped',
    text: 'nginx dropped Upgrade',
    name: 'Upgrade',
    before: 'websocket',
  },
  {
    hop: 'nginx',
    kind: 'header-rewritten',
    text: 'nginx put its own Connection in its place',
    name: 'Connection',
    before: 'Upgrade',
    after: 'close',
  },
  { hop: 'nginx', kind: 'version', text: 'the origin saw HTTP/1.0', before: 'HTTP/1.1', after: 'HTTP/1.0' },
];
