import t from 'tap';
import type { Check, Outcome, Severity } from '../../harness/model.js';
import { type Control, tryAt } from '../../harness/testing/controls.js';
import { echoes, httpOrigin, wsOrigin } from '../../harness/testing/subjects.js';
import type { Answer } from './answers.js';
import closeOctets from './close-octets.check.js';
import echoOctets from './echo-octets.check.js';
import errorBody from './error-body.check.js';
import firstMessage from './first-message.check.js';
import { libraryOf } from './libraries.js';
import { difference } from './octets.js';
import pongOctets from './pong-octets.check.js';
import serverVersion from './server-version.check.js';
import { answering } from './testing/answering.js';

const open = wsOrigin({ title: 'ws as it comes' });
const named = (headers: Record<string, string>): Control => ({ origin: answering('named', { headers }) });
const beats = wsOrigin({ title: 'beats by itself' }, {}, (socket) => {
  echoes(socket);
  const beat = setInterval(() => socket.pong('beat'), 5);
  socket.once('close', () => clearInterval(beat));
});
const chatty = wsOrigin({ title: 'others talk too' }, {}, (socket) => {
  socket.on('message', (data, binary) => {
    socket.send('{"from":"somebody else"}');
    socket.send(data, { binary });
  });
});
const cut = wsOrigin({ title: 'cuts' }, {}, (socket) => {
  socket.on('message', (data: Buffer, binary) => socket.send(data.subarray(0, 1000), { binary }));
});
const small = wsOrigin({ title: 'takes 4 KiB' }, { maxPayload: 4096 });
const drops = wsOrigin({ title: 'drops' }, {}, (socket) => {
  echoes(socket);
  socket.close = () => socket.terminate();
});
const greets = (said: string): Control => ({
  origin: wsOrigin({ title: 'greets' }, {}, (socket) => {
    socket.send(said);
    echoes(socket);
  }),
  target: { headers: [['X-Api-Key', 'AKIAIOSFODNN7EXAMPLE']] },
});

const CASES: [name: string, check: Check, control: Control, outcome: Outcome, severity?: Severity][] = [
  ['pongs unasked are none of ours', pongOctets, { origin: beats }, 'pass'],
  [
    'pings are not answered',
    pongOctets,
    { origin: wsOrigin({ title: 'no pongs' }, { autoPong: false }) },
    'skip',
  ],
  ['messages of others are none of ours', echoOctets, { origin: chatty }, 'pass'],
  ['too few octets are not others', echoOctets, { origin: cut }, 'warn', 'low'],
  ['a limit of size ends it', echoOctets, { origin: small }, 'pass'],
  ['no Close is answered', closeOctets, { origin: drops }, 'skip'],
  ['nothing is said', firstMessage, { origin: open }, 'skip'],
  ['an address', firstMessage, greets('{"admin":"jane@corp-mail.com"}'), 'warn', 'low'],
  ['our own key', firstMessage, greets('{"you":"AKIAIOSFODNN7EXAMPLE"}'), 'pass'],
  ['a key', firstMessage, greets('{"key":"AKIAIOSFODNN7EXAMPLF"}'), 'fail', 'high'],
  ['a version of PHP', serverVersion, named({ 'X-Powered-By': 'PHP/8.1' }), 'warn', 'low'],
  ['Via, with the version of HTTP alone', serverVersion, named({ Via: '1.1 vegur, HTTP/1.0 cache' }), 'pass'],
  ['Via, with a version', serverVersion, named({ Via: '1.1 edge (squid/5.7)' }), 'warn', 'low'],
  [
    'no error is had',
    errorBody,
    {
      origin: httpOrigin({ title: 'all is well' }, (server) => {
        server.on('request', (_, response) => response.end('well'));
      }),
    },
    'skip',
  ],
];

t.test('what gives something away, and what does not', async (t) => {
  await Promise.all(
    CASES.map(async ([name, check, control, outcome, severity]) => {
      const found = await tryAt(check, control);
      t.equal(found.outcome, outcome, `${name}: ${found.message}`);
      if (severity) t.equal(found.severity ?? check.severity, severity, name);
    }),
  );
});

t.test('how octets differ', async (t) => {
  const of = (sent: string, came: string) => difference(Buffer.from(sent), Buffer.from(came));
  t.equal(of('0123456789', '0123456789'), 'none');
  t.equal(of('0123456789', '0123456789x'), 'longer');
  t.equal(of('0123456789', '012345678'), 'shorter');
  t.equal(of('0123456789', '01234567xx'), 'other');
  t.equal(of('0123456789', 'something else'), 'foreign');
});

const refusal = (body: string, ...headers: [string, string][]): Answer => ({
  asked: 'x',
  status: 400,
  headers,
  body,
});
const LIBRARIES: [software: string | undefined, answer: Answer][] = [
  [
    'ws 8.18.3 or newer',
    refusal('Missing or invalid Sec-WebSocket-Version header', ['Sec-WebSocket-Version', '13, 8']),
  ],
  ['ws 8.7.0 to 8.18.2', refusal('Missing or invalid Sec-WebSocket-Version header')],
  [
    'websocket (for Node.js)',
    refusal('', ['X-WebSocket-Reject-Reason', 'Client must provide a value for Sec-WebSocket-Key.']),
  ],
  ['websocket-driver (faye-websocket)', refusal('Missing handshake request header: Sec-WebSocket-Key')],
  ['Engine.IO (Socket.IO)', refusal('{"code":0,"message":"Transport unknown"}')],
  ['Tornado', refusal('Can "Upgrade" only to "WebSocket".', ['Server', 'TornadoServer/6.2'])],
  ['aiohttp', refusal('No WebSocket UPGRADE hdr: None\n Can "Upgrade" only to "WebSocket".')],
  [
    'websockets (for Python)',
    refusal('Failed to open a WebSocket connection: missing Sec-WebSocket-Key header.\n'),
  ],
  [
    'coder/websocket (nhooyr.io/websocket)',
    refusal('WebSocket protocol violation: Connection header "" does not contain Upgrade\n'),
  ],
  ['gorilla/websocket', refusal('Bad Request\n', ['Sec-Websocket-Version', '13'])],
  [undefined, refusal('Bad Request')],
  [undefined, refusal('Missing or invalid')],
  [undefined, { ...refusal('Missing or invalid Sec-WebSocket-Key header'), status: 200 }],
];

t.test('libraries by their words', async (t) => {
  for (const [software, answer] of LIBRARIES) t.equal(libraryOf([answer])?.software, software, answer.body);
});
