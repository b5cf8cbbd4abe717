import t from 'tap';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Check, Outcome } from '../../harness/model.js';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { type Control, tryAt } from '../../harness/testing/controls.js';
import { echoes, httpOrigin, rawOrigin, wsOrigin } from '../../harness/testing/subjects.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { altering } from '../testing/hops.js';
import answerNotCached from './answer-not-cached.check.js';
import bodyInChunks from './body-in-chunks.check.js';
import bodyOfLength from './body-of-length.check.js';
import connectionWithoutUpgrade from './connection-without-upgrade.check.js';
import hixie75 from './hixie-75.check.js';
import keyLength from './key-length.check.js';
import malformedEscape from './malformed-escape.check.js';
import oldHttp from './old-http.check.js';
import refusalEnds from './refusal-ends.check.js';
import { answering } from './testing/answering.js';
import { closingAll } from './testing/closing-all.js';
import twoHosts from './two-hosts.check.js';
import twoKeys from './two-keys.check.js';
import versionDrafts from './version-drafts.check.js';
import versionMalformed from './version-malformed.check.js';

t.jobs = 4;
const patience = { answerMs: 400 };

interface Case {
  what: string;
  check: Check;
  at: Control;
  outcome: Outcome;
  message: RegExp;
  severity?: string;
}

const silent = () => {};
const title = 'subject';

/** A `ws` server that says this to other versions, and nothing more. */
const refusing = (answer: string) =>
  httpOrigin({ title }, (server) => {
    const sockets = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      if (request.headers['sec-websocket-version'] !== '13') return void socket.write(answer);
      sockets.handleUpgrade(request, socket, head, echoes);
    });
  });

const CASES: readonly Case[] = [
  {
    what: 'what is let in and then sent away is no more than a warning',
    check: versionDrafts,
    at: {
      origin: wsOrigin({ title }, {}, (socket: WebSocket, { headers }) =>
        headers['sec-websocket-version'] === '8' ? socket.close(1008, 'old') : echoes(socket),
      ),
    },
    outcome: 'warn',
    message: /^version "8": let in, and then sent away: 101, and then the end \(close 1008\)$/,
    severity: 'low',
  },
  {
    what: 'too many requests are no refusal of what was asked',
    check: versionDrafts,
    at: {
      origin: wsOrigin(
        { title },
        { verifyClient: ({ req }, done) => done(req.headers['sec-websocket-version'] === '13', 429) },
      ),
    },
    outcome: 'skip',
    message: /answered with 429/,
  },
  {
    what: 'an error of the server’s is no clean refusal',
    check: versionDrafts,
    at: {
      origin: wsOrigin(
        { title },
        { verifyClient: ({ req }, done) => done(req.headers['sec-websocket-version'] === '13', 500) },
      ),
    },
    outcome: 'warn',
    message: /version "8": not accepted, but refused with 500/,
    severity: 'low',
  },
  {
    what: 'a server that answers nobody has no baseline',
    check: twoHosts,
    at: { origin: rawOrigin({ title }, silent) },
    outcome: 'skip',
    message: /^no baseline here/,
  },
  {
    what: 'without an echo a pong tells',
    check: twoHosts,
    at: { origin: wsOrigin({ title }, {}, silent) },
    outcome: 'fail',
    message: /^accepted with 101$/,
  },
  {
    what: 'without an echo the answer to a hello tells',
    check: twoHosts,
    at: {
      origin: wsOrigin({ title }, {}, (socket) => socket.on('message', () => socket.send('welcome'))),
      target: { hello: 'hi' },
    },
    outcome: 'fail',
    message: /^accepted with 101$/,
  },
  {
    what: 'silence is a lesser fault than to be let in',
    check: keyLength,
    at: { origin: careless(['unanswered-refusals']) },
    outcome: 'fail',
    message: /a key of 5 octets: no-answer/,
    severity: 'low',
  },
  {
    what: 'a request that asks for no upgrade may go unanswered',
    check: connectionWithoutUpgrade,
    at: { origin: wsOrigin({ title }) },
    outcome: 'warn',
    message: /no Connection: it is not answered at all/,
    severity: 'low',
  },
  {
    what: 'of two keys it says which was answered',
    check: twoKeys,
    at: { origin: careless(['any-key']) },
    outcome: 'fail',
    message: /^accepted with 101$/,
  },
  {
    what: 'a number that is written otherwise is found at ws',
    check: versionMalformed,
    at: { origin: wsOrigin({ title }) },
    outcome: 'fail',
    message: /version "0xd": accepted/,
  },
  {
    what: 'a body that ends the connection is a warning',
    check: bodyOfLength,
    at: {
      origin: wsOrigin({ title }, {}, (socket, { headers }) =>
        headers['content-length'] ? socket.terminate() : echoes(socket),
      ),
    },
    outcome: 'warn',
    message: /^accepted, and then ended/,
    severity: 'low',
  },
  {
    what: 'without an echo a body is a ping',
    check: bodyOfLength,
    at: { origin: wsOrigin({ title }, {}, silent) },
    outcome: 'fail',
    message: /a frame in the body was answered/,
  },
  {
    what: 'where nothing is answered nothing tells what is taken for a frame',
    check: bodyOfLength,
    at: { origin: wsOrigin({ title }, { autoPong: false }, silent) },
    outcome: 'skip',
    message: /^neither messages come back here nor pings/,
  },
  {
    what: 'a lax server is not taken for one of the drafts',
    check: hixie75,
    at: { origin: careless(['any-version']) },
    outcome: 'warn',
    message: /^accepted, though not as the draft has it$/,
    severity: 'low',
  },
  {
    what: 'a mark of a cache on a connection that works is a warning',
    check: answerNotCached,
    at: { origin: answering(title, (lines) => void lines.push('X-Cache: HIT')) },
    outcome: 'warn',
    message: /X-Cache: HIT\), but the connection works$/,
    severity: 'low',
  },
  {
    what: 'that a cache was asked in vain is no mark',
    check: answerNotCached,
    at: { origin: answering(title, (lines) => void lines.push('X-Cache: Miss from edge', 'Age: 0')) },
    outcome: 'pass',
    message: /^accepted twice/,
  },
  {
    what: 'others that end whenever it is sent are harmed by it',
    check: malformedEscape,
    at: { origin: closingAll(({ url }) => url?.includes('%') ?? false) },
    outcome: 'fail',
    message: /another connection ended when this was sent, twice$/,
    severity: 'high',
  },
  {
    what: 'others that end once may have ended by themselves',
    check: malformedEscape,
    at: { origin: closingAll(({ url }, times) => (url?.includes('%') ?? false) && times === 0) },
    outcome: 'skip',
    message: /^connections end here by themselves/,
  },
  {
    what: 'where a new connection ends the one before, that says nothing',
    check: malformedEscape,
    at: { origin: closingAll(() => false, 1) },
    outcome: 'skip',
    message: /^connections end here by themselves/,
  },
  {
    what: 'what other paths get too says nothing of this one',
    check: malformedEscape,
    at: {
      origin: wsOrigin(
        { title },
        { verifyClient: ({ req }, done) => void (req.url === '/echo' && done(true)) },
      ),
    },
    outcome: 'skip',
    message: /the same without it gets that too: no-answer/,
  },
  {
    what: 'a refused connection is not to be forgotten',
    check: refusalEnds,
    at: { origin: refusing('HTTP/1.1 426 Upgrade Required\r\nConnection: close\r\n\r\n') },
    outcome: 'fail',
    message: /^answered, and then neither ended nor read$/,
  },
  {
    what: 'nor is one that was to be used on',
    check: refusalEnds,
    at: { origin: refusing('HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n') },
    outcome: 'fail',
    message: /^answered, and then neither ended nor read$/,
  },
];

for (const { what, check, at, outcome, message, severity } of CASES) {
  t.test(what, async (t) => {
    const said = await tryAt(check, { patience, ...at });
    t.match(said, { outcome, message, ...(severity && { severity }) });
  });
}

t.test('the echo origin, which reads no chunks, refuses them', async (t) => {
  t.match(await tryAt(bodyInChunks, { origin: echo(), patience }), { outcome: 'pass', message: /400/ });
});

t.test('in a place with hops it tells the hop that puts it right', async (t) => {
  const via = [altering('request', 'Sec-WebSocket-Version', '13')];
  t.match(await tryCheck(versionMalformed, { origin: echo(), via, patience }), {
    outcome: 'fail',
    actualText: /a hop put it right, and it was accepted/,
    blame: 'hop',
  });
  t.match(await tryCheck(oldHttp, { origin: echo() }), {
    outcome: 'pass',
    measured: { refusedBy: 'origin' },
  });
});
